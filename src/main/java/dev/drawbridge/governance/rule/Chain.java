package dev.drawbridge.governance.rule;

import java.util.List;
import java.util.Map;

/**
 * All that is laid down for the calls of one account, from the whole gateway down to the key. Immutable; it holds no
 * counters, only what is to be counted.
 *
 * @param models for each level that names any, globs of which a model must match one
 * @param limits all that apply, broadest first
 * @param budgets all that apply, broadest first
 * @param labels those of all levels, the narrowest winning
 * @param defaults of all levels, the narrowest winning
 */
public record Chain(
        List<List<String>> models,
        List<ScopedLimit> limits,
        List<ScopedBudget> budgets,
        Map<String, String> labels,
        Defaults defaults) {

    /** Nothing is laid down. */
    public static final Chain FREE = new Chain(List.of(), List.of(), List.of(), Map.of(), Defaults.NONE);

    /** @param id of whoever it is counted for and by which rule; counters are kept under it */
    public record ScopedLimit(String id, Scope scope, Map<Dimension, Long> most) {}

    /**
     * @param id of the budget; what is spent is kept under it
     * @param models globs of models that it is for; empty for all
     */
    public record ScopedBudget(String id, Scope scope, BudgetTerms terms, List<String> models) {}
}
