package dev.drawbridge.governance.limit;

import dev.drawbridge.governance.rule.Dimension.Measure;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits nearest to their end, of requests and of tokens, in the headers that OpenAI's clients know. */
final class Readings {
    private static final long NANOS_OF_MILLI = 1_000_000;

    private @Nullable Reading requests;
    private @Nullable Reading tokens;

    private record Reading(long limit, long left, long reset) {}

    void add(Rate rate, Window window, long now) {
        if (rate.measure() == Measure.CALLS) {
            return;
        }
        boolean counted = rate.measure() == Measure.REQUESTS;
        Reading other = counted ? requests : tokens;
        long left = Math.max(0, window.left(rate));
        if (other != null && other.left() <= left) {
            return;
        }
        Reading reading = new Reading(rate.most(), left, window.reset(rate, now));
        if (counted) {
            requests = reading;
        } else {
            tokens = reading;
        }
    }

    Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        put(headers, "requests", requests);
        put(headers, "tokens", tokens);
        return headers;
    }

    private static void put(Map<String, String> headers, String word, @Nullable Reading reading) {
        if (reading != null) {
            headers.put("x-ratelimit-limit-" + word, Long.toString(reading.limit()));
            headers.put("x-ratelimit-remaining-" + word, Long.toString(reading.left()));
            headers.put("x-ratelimit-reset-" + word, duration(reading.reset()));
        }
    }

    /** {@code 12ms}, {@code 1.5s}, {@code 6m0s}, {@code 2h3m4s}; rounded up. */
    static String duration(long nanos) {
        long millis = Math.ceilDiv(nanos, NANOS_OF_MILLI);
        if (millis < 1000) {
            return millis + "ms";
        }
        long minutes = millis / 60_000;
        long rest = millis % 60_000;
        String seconds = rest % 1000 == 0 ? Long.toString(rest / 1000) : Double.toString(rest / 1000.0);
        String hours = minutes >= 60 ? minutes / 60 + "h" : "";
        return hours + (minutes > 0 ? minutes % 60 + "m" : "") + seconds + "s";
    }
}
