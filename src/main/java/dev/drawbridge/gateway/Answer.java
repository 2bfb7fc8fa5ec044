package dev.drawbridge.gateway;

import dev.drawbridge.provider.Target;
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

    <U> Answer<U> with(U other) {
        return new Answer<>(other, target, attempts, adapted, headers);
    }

    Answer<T> telling(Map<String, String> more) {
        return new Answer<>(content, target, attempts, adapted, more);
    }
}
