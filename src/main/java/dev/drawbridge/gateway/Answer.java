package dev.drawbridge.gateway;

import dev.drawbridge.provider.Target;
import java.util.List;

/**
 * What a call came to.
 *
 * @param content the reply or the stream
 * @param target who answered
 * @param attempts how many tries it took
 * @param adapted what was changed in the request for the target
 */
public record Answer<T>(T content, Target target, int attempts, List<String> adapted) {

    <U> Answer<U> with(U other) {
        return new Answer<>(other, target, attempts, adapted);
    }
}
