package dev.drawbridge.admin.organisation;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Limit;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Rate limits besides those that stand with the entries themselves. */
@Path("limits")
@Tag(name = "Organisation")
@Schema(name = "limit", implementation = Limit.class)
public class LimitsResource extends EntriesResource<Limit> {
    @Inject
    public LimitsResource(AdminDoor door, Creations creations, Registry registry) {
        super(door, creations, new Entries<>(registry, new LimitRules(new Owners(registry))));
    }

    private record LimitRules(Owners owners) implements Rules<Limit> {
        @Override
        public Kind<Limit> kind() {
            return Kinds.LIMIT;
        }

        @Override
        public Optional<Level> level() {
            return Optional.empty();
        }

        @Override
        public Limit blank() {
            return new Limit("", Scope.ALL, Map.of());
        }

        @Override
        public Set<String> needed() {
            return Set.of("scope");
        }

        @Override
        public String id(Limit limit) {
            return Ids.random();
        }

        @Override
        public Collection<String> owners(String id, Limit limit) {
            return owners.of(limit.scope());
        }

        @Override
        public void permit(Reach reach, Optional<Limit> before, Limit after) {
            Owners.permit(reach, before.map(Limit::scope), after.scope());
        }

        @Override
        public void check(Optional<Limit> before, Limit limit) {
            Checks.text("name", limit.name());
            owners.need(limit.scope(), "scope.id");
            Checks.limits(limit.limits());
            if (limit.limits().isEmpty()) {
                throw Checks.wrong("limits", "limits must name what is limited, such as requests-per-minute");
            }
        }
    }
}
