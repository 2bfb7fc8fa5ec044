package dev.drawbridge.governance.organisation;

import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * @param team id, or empty
 * @param costCentre as accounting has it, or empty
 * @param owner who answers for it, or empty
 */
public record Project(
        String name,
        String team,
        String costCentre,
        String purpose,
        String owner,
        boolean blocked,
        List<String> models,
        Map<Dimension, Long> limits,
        Optional<BudgetTerms> budget,
        Optional<Defaults> defaults,
        Map<String, String> labels)
        implements Ruled {

    /** @throws IllegalArgumentException when a rule makes no sense; the message says why */
    public Project {
        Ruled.check(models, limits);
    }

    /** With nothing laid down. */
    public Project(String name, String team) {
        this(name, team, "", "", "", false, List.of(), Map.of(), Optional.empty(), Optional.empty(), Map.of());
    }
}
