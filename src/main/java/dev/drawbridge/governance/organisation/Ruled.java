package dev.drawbridge.governance.organisation;

import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may be laid down with each entry of the organisation. */
public sealed interface Ruled permits Team, Project, User, ApiKey {
    /** Whether no calls are answered any more. */
    boolean blocked();

    /** Globs of models that may be asked; empty for all. */
    List<String> models();

    /** Each empty where nothing is limited. */
    Map<Dimension, Long> limits();

    Optional<BudgetTerms> budget();

    Optional<Defaults> defaults();

    /** They stand in the ledger, to be reported by. */
    Map<String, String> labels();

    /** @throws IllegalArgumentException when a rule makes no sense; the message says why */
    static void check(List<String> models, Map<Dimension, Long> limits) {
        if (models.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("names a model without a name in models");
        }
        limits.forEach((dimension, most) -> {
            if (most < 0) {
                throw new IllegalArgumentException("has a limit below zero: " + dimension.word());
            }
        });
    }
}
