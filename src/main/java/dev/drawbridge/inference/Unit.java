package dev.drawbridge.inference;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of a call and has a price. No two count the same thing: a token that came from a cache is one of
 * {@link #CACHED_INPUT} and none of {@link #INPUT}, so that costs add up.
 */
public enum Unit {
    INPUT(1_000_000, null),
    CACHED_INPUT(1_000_000, INPUT),
    /** Tokens that were put into the upstream's prompt cache, to stay for minutes. */
    CACHE_WRITE(1_000_000, INPUT),
    /** The same, to stay for an hour. */
    LONG_CACHE_WRITE(1_000_000, CACHE_WRITE),
    AUDIO_INPUT(1_000_000, INPUT),
    OUTPUT(1_000_000, null),
    REASONING(1_000_000, OUTPUT),
    AUDIO_OUTPUT(1_000_000, OUTPUT),
    /** Of audio or video, counted in milliseconds, of which vendors bill whole seconds. */
    MINUTE(60_000, null),
    /** Of text that is spoken. */
    CHARACTERS(1_000_000, null),
    IMAGE(1, null),
    /** The call itself, whatever it uses. */
    CALL(1, null);

    private final long priced;
    private final @Nullable Unit otherwise;

    Unit(long priced, @Nullable Unit otherwise) {
        this.priced = priced;
        this.otherwise = otherwise;
    }

    /** How many of them a price is for. */
    public long priced() {
        return priced;
    }

    /** Whose price counts where there is none for this one. */
    public Optional<Unit> otherwise() {
        return Optional.ofNullable(otherwise);
    }

    public boolean isToken() {
        return priced == INPUT.priced && this != CHARACTERS;
    }

    /** As it stands in files and in the API: {@code cached-input}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Unit> of(String word) {
        return Arrays.stream(values()).filter(unit -> unit.word().equals(word)).findFirst();
    }
}
