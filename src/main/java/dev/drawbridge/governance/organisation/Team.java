package dev.drawbridge.governance.organisation;

import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** @param name for people, or as the identity provider has it; empty where the id says enough */
public record Team(
        String name,
        boolean blocked,
        List<String> models,
        Map<Dimension, Long> limits,
        Optional<BudgetTerms> budget,
        Optional<Defaults> defaults,
        Map<String, String> labels)
        implements Ruled {

    /** @throws IllegalArgumentException when a rule makes no sense; the message says why */
    public Team {
        Ruled.check(models, limits);
    }

    /** With nothing laid down. */
    public Team(String name) {
        this(name, false, List.of(), Map.of(), Optional.empty(), Optional.empty(), Map.of());
    }
}
