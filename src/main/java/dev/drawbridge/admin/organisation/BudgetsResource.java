package dev.drawbridge.admin.organisation;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.Budget;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Budgets besides those that stand with the entries themselves. */
@Path("budgets")
@Tag(name = "Organisation")
@Schema(name = "budget", implementation = Budget.class)
public class BudgetsResource extends EntriesResource<Budget> {
    @Inject
    public BudgetsResource(AdminDoor door, Creations creations, Registry registry) {
        super(door, creations, new Entries<>(registry, new BudgetRules(new Owners(registry))));
    }

    private record BudgetRules(Owners owners) implements Rules<Budget> {
        @Override
        public Kind<Budget> kind() {
            return Kinds.BUDGET;
        }

        @Override
        public Optional<Level> level() {
            return Optional.empty();
        }

        @Override
        public Budget blank() {
            return new Budget("", Scope.ALL, BigDecimal.ZERO, "EUR", Period.MONTH, 0, List.of());
        }

        @Override
        public Set<String> needed() {
            return Set.of("scope", "amount", "currency", "period");
        }

        @Override
        public String id(Budget budget) {
            return Ids.random();
        }

        @Override
        public Collection<String> owners(String id, Budget budget) {
            return owners.of(budget.scope());
        }

        @Override
        public void permit(Reach reach, Optional<Budget> before, Budget after) {
            Owners.permit(reach, before.map(Budget::scope), after.scope());
        }

        @Override
        public void check(Optional<Budget> before, Budget budget) {
            Checks.text("name", budget.name());
            owners.need(budget.scope(), "scope.id");
            Checks.budget("", budget.terms());
            Checks.models(budget.models());
        }
    }
}
