package dev.drawbridge.admin.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Something to say, before it is said in a language.
 *
 * @param key in {@code messages.properties}
 * @param arguments for the places of the message; those that are texts themselves are said in the same language
 */
public record Text(String key, List<Object> arguments) {
    private static final String BUNDLE = "dev.drawbridge.admin.text.messages";

    public static Text of(String key, Object... arguments) {
        return new Text(key, Arrays.asList(arguments));
    }

    public String in(Locale language) {
        // Without the fallback to the server's own language: the base of the bundle is the fallback.
        String pattern = ResourceBundle.getBundle(
                        BUNDLE,
                        language,
                        Text.class.getClassLoader(),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        Object[] said = arguments.stream()
                .map(argument -> argument instanceof Text text ? text.in(language) : argument)
                .toArray();
        return String.format(language, pattern, said);
    }
}
