package dev.drawbridge.governance.directory;

import dev.drawbridge.governance.organisation.Budget;
import dev.drawbridge.governance.organisation.Limit;
import dev.drawbridge.governance.organisation.Ruled;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Chain.ScopedLimit;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.registry.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Budgets and limits by whom they are for, and how all of an account's rules are put together. */
record Laws(long version, Map<Scope, List<Entry<Budget>>> budgets, Map<Scope, List<Entry<Limit>>> limits) {
    static final Laws NONE = new Laws(-1, Map.of(), Map.of());

    static Laws of(long version, List<Entry<Budget>> budgets, List<Entry<Limit>> limits) {
        return new Laws(
                version,
                budgets.stream()
                        .collect(Collectors.groupingBy(entry -> entry.value().scope())),
                limits.stream()
                        .collect(Collectors.groupingBy(entry -> entry.value().scope())));
    }

    Chain chain(List<Scope> scopes, Function<Scope, Optional<Ruled>> entries) {
        Collected all = new Collected();
        for (Scope scope : scopes) {
            entries.apply(scope).ifPresent(ruled -> all.add(scope, ruled));
            limits.getOrDefault(scope, List.of()).forEach(all::addLimit);
            budgets.getOrDefault(scope, List.of()).forEach(all::addBudget);
        }
        return all.chain();
    }

    /** From the broadest to the narrowest. */
    private static final class Collected {
        private final List<List<String>> models = new ArrayList<>();
        private final List<ScopedLimit> limits = new ArrayList<>();
        private final List<ScopedBudget> budgets = new ArrayList<>();
        private final Map<String, String> labels = new TreeMap<>();
        private final Map<String, Object> parameters = new TreeMap<>();
        private String system = "";

        void add(Scope scope, Ruled ruled) {
            if (!ruled.models().isEmpty()) {
                models.add(ruled.models());
            }
            if (!ruled.limits().isEmpty()) {
                limits.add(new ScopedLimit(scope.toString(), scope, ruled.limits()));
            }
            ruled.budget().ifPresent(terms -> budgets.add(new ScopedBudget(scope.toString(), scope, terms, List.of())));
            ruled.defaults().ifPresent(this::add);
            labels.putAll(ruled.labels());
        }

        private void add(Defaults defaults) {
            system = defaults.system().isEmpty() ? system : defaults.system();
            parameters.putAll(defaults.parameters());
        }

        /** Its id holds the scope, too: what is counted for one never counts for another. */
        void addLimit(Entry<Limit> limit) {
            Scope scope = limit.value().scope();
            limits.add(new ScopedLimit(
                    "limit/" + limit.id() + "@" + scope, scope, limit.value().limits()));
        }

        void addBudget(Entry<Budget> budget) {
            Budget value = budget.value();
            String id = "budget/" + budget.id() + "@" + value.scope();
            budgets.add(new ScopedBudget(id, value.scope(), value.terms(), value.models()));
        }

        Chain chain() {
            return new Chain(
                    List.copyOf(models),
                    List.copyOf(limits),
                    List.copyOf(budgets),
                    Map.copyOf(labels),
                    new Defaults(system, Map.copyOf(parameters)));
        }
    }
}
