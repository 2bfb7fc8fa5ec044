package dev.drawbridge.admin.usage;

import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import java.util.Optional;
import java.util.function.Function;

/** What people call those whom the ledger knows by their ids. */
record Names(Registry registry) {

    /** Empty where there is none, or no more. */
    Optional<String> of(String grouping, String id) {
        return switch (grouping) {
            case "key" -> name(Kinds.KEY, id, key -> key.name());
            case "team" -> name(Kinds.TEAM, id, team -> team.name());
            case "project" -> name(Kinds.PROJECT, id, project -> project.name());
            case "user" -> name(Kinds.USER, id, user -> user.name());
            default -> Optional.empty();
        };
    }

    private <T> Optional<String> name(Kind<T> kind, String id, Function<T, String> name) {
        return registry.find(kind, id).map(Entry::value).map(name).filter(found -> !found.isEmpty());
    }
}
