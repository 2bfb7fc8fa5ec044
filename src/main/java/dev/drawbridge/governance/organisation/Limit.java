package dev.drawbridge.governance.organisation;

import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Scope;
import java.util.List;
import java.util.Map;

/**
 * Rate limits besides those that stand with the entries themselves.
 *
 * @param scope whom they are for: one entry, or all calls together
 */
public record Limit(String name, Scope scope, Map<Dimension, Long> limits) {

    /** @throws IllegalArgumentException when it makes no sense; the message says why */
    public Limit {
        Ruled.check(List.of(), limits);
    }
}
