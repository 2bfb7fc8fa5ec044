package dev.drawbridge.admin.text;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which language to answer in. */
public final class Language {
    private static final List<Locale> KNOWN = List.of(Locale.JAPANESE, Locale.FRENCH, Locale.ENGLISH);

    private Language() {}

    /**
     * The best of the languages that there are.
     *
     * @param accepted the header {@code Accept-Language}; Japanese, the language of the documented texts, without one
     */
    public static Locale of(@Nullable String accepted) {
        if (accepted == null || accepted.isBlank()) {
            return Locale.JAPANESE;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(accepted), KNOWN);
            return best == null ? Locale.JAPANESE : best;
        } catch (IllegalArgumentException e) {
            return Locale.JAPANESE;
        }
    }
}
