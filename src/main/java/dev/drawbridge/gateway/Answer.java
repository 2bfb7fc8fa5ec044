package dev.drawbridge.gateway;

import dev.drawbridge.provider.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call came to.
 *
 * @param content the reply or the stream
 * @param target who answered
 * @param attempts how many tries it took
 * @param adapted what was changed in the request for the target
 * @param headers what the caller gets to know of its limits
 */
public record Answer<T>(T content, Target target, int attempts, List<String> adapted, Map<String, String> headers) {
    Answer(T content, Target target, int attempts, List<String> adapted) {
        this(content, target, attempts, adapted, Map.of());
    }

    /**
     * What every answer of a model says of its way here, in all dialects, as headers.
     *
     * @param asked the model's name as the client wrote it
     */
    public Map<String, String> told(String asked) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("x-drawbridge-upstream", target.upstream().name());
        told.put("x-drawbridge-attempts", String.valueOf(attempts));
        if (!adapted.isEmpty()) {
            told.put("x-drawbridge-adapted", printable(String.join(", ", adapted)));
        }
        if (!asked.equals(target.id())) {
            told.put("x-drawbridge-model", printable(target.id()));
        }
        told.putAll(headers);
        return told;
    }

    /** Names of fields come from the client: nothing of them may end a header or start another. */
    private static String printable(String header) {
        return header.replaceAll("[^\\x20-\\x7e]", "?");
    }

    <U> Answer<U> with(U other) {
        return new Answer<>(other, target, attempts, adapted, headers);
    }

    Answer<T> telling(Map<String, String> more) {
        return new Answer<>(content, target, attempts, adapted, more);
    }
}
