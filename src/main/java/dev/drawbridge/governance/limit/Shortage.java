package dev.drawbridge.governance.limit;

import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Scope;
import java.time.Duration;

/**
 * A limit that leaves too little for a call.
 *
 * @param scope of whom
 * @param after which time there is enough, if nobody else takes it; a guess where calls at the same time are limited
 */
public record Shortage(Scope scope, Dimension dimension, long most, Duration after) {

    /** Whether it is so, and for so long, however long the prompt is. */
    public boolean isCertain() {
        return !dimension.measure().countsInput();
    }
}
