package dev.drawbridge.admin.organisation;

import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.ApiKey.Stamp;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What team leads may do with keys, and what of a key makes no sense. */
record KeyRules(Registry registry) implements Rules<ApiKey> {
    @Override
    public Kind<ApiKey> kind() {
        return Kinds.KEY;
    }

    @Override
    public ApiKey blank() {
        return new ApiKey(
                "",
                "",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Stamp.NONE,
                List.of(),
                false,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    @Override
    public Optional<Level> level() {
        return Optional.of(Level.KEY);
    }

    @Override
    public String id(ApiKey key) {
        return Ids.random();
    }

    @Override
    public Collection<String> owners(String id, ApiKey key) {
        // Of a new one it may be a name.
        return key.team().isEmpty() ? List.of() : List.of(Ids.of(key.team()));
    }

    @Override
    public boolean asked(ApiKey key, Call call) {
        return call.asks("team", key.team()) && call.asks("project", key.project()) && call.asks("user", key.user());
    }

    @Override
    public void permit(Reach reach, Optional<ApiKey> before, ApiKey after) {
        // Whoever may rotate a key can use it: so that of an administrator is not for the lead of the same team.
        boolean modest = Stream.concat(before.stream(), Stream.of(after))
                .flatMap(key -> key.role().stream())
                .allMatch(role -> role == Role.USER || role == Role.TEAM_LEAD);
        Reach.need(reach.all() || modest, "A key with this role is for administrators");
        registry.find(Kinds.PROJECT, after.project().isEmpty() ? "" : Ids.of(after.project()))
                .map(Entry::value)
                .ifPresent(project ->
                        Reach.need(reach.only(Owners.of(project)), "This project belongs to none of your teams"));
        registry.find(Kinds.USER, after.user())
                .map(Entry::value)
                .ifPresent(user -> Reach.need(reach.any(Owners.of(user)), "This user belongs to none of your teams"));
    }

    @Override
    public void check(Optional<ApiKey> before, ApiKey key) {
        Checks.name("name", key.name());
        Checks.text("team", key.team());
        Checks.text("project", key.project());
        Checks.ruled(key);
    }
}
