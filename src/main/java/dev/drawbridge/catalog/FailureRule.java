package dev.drawbridge.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.ErrorKind.Hold;
import dev.drawbridge.inference.ErrorKind.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which answers of an upstream are which kind of failure: one line of {@code catalog/failures.yaml}. Immutable. */
public final class FailureRule {
    private final JsonNode entry;
    private final List<String> statuses;
    private final Pattern says;
    private final ErrorKind kind;

    /** @throws IllegalArgumentException when what it says is no regular expression */
    FailureRule(JsonNode entry) {
        this.entry = entry;
        JsonNode status = entry.path("status");
        this.statuses = status.isValueNode() ? List.of(status.asText()) : Presets.texts(status);
        this.says = pattern(entry);
        this.kind = ErrorKind.valueOf(constant(entry.path("is").asText()));
    }

    /**
     * The words of a rule.
     *
     * @throws IllegalArgumentException when they are no regular expression
     */
    public static Pattern pattern(JsonNode entry) {
        return Pattern.compile(entry.path("says").asText(""), Pattern.CASE_INSENSITIVE);
    }

    public ErrorKind kind() {
        return kind;
    }

    /** What is left alone after it, where that is not what the kind says. */
    public Optional<Pause> pause() {
        if (!entry.has("hold") && !entry.has("for")) {
            return Optional.empty();
        }
        Hold hold = entry.has("hold") ? Hold.valueOf(constant(entry.path("hold").asText())) : kind.hold();
        Duration time =
                entry.has("for") ? ConfigReader.duration(entry.path("for").asText()) : kind.holdTime();
        return Optional.of(new Pause(hold, time));
    }

    boolean matches(int status, String words) {
        boolean fits = statuses.isEmpty() || statuses.stream().anyMatch(one -> fits(one, status));
        return fits && says.matcher(words).find();
    }

    /** @param one a status such as {@code 429}, or a class of them such as {@code 4xx} */
    private static boolean fits(String one, int status) {
        String text = Integer.toString(status);
        return one.equals(text) || (one.endsWith("xx") && one.charAt(0) == text.charAt(0));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FailureRule rule && entry.equals(rule.entry);
    }

    @Override
    public int hashCode() {
        return entry.hashCode();
    }

    @Override
    public String toString() {
        return entry.toString();
    }
}
