package dev.drawbridge.admin.organisation;

import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Project;
import dev.drawbridge.governance.organisation.User;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which teams entries belong to. */
final class Owners {
    /** Of what still belongs to an entry, so many are named. */
    private static final int NAMED = 5;

    private final Registry registry;

    Owners(Registry registry) {
        this.registry = registry;
    }

    static Collection<String> of(Project project) {
        return named(Stream.of(project.team()));
    }

    static Collection<String> of(User user) {
        return named(Stream.concat(Stream.of(user.team()), user.teams().stream()));
    }

    static Collection<String> of(ApiKey key) {
        return named(Stream.of(key.team()));
    }

    private static Set<String> named(Stream<String> teams) {
        return teams.filter(team -> !team.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    Collection<String> of(Scope scope) {
        return switch (scope.level()) {
            case ALL -> List.of();
            case TEAM -> List.of(scope.id());
            case PROJECT -> project(scope.id());
            case USER ->
                registry.find(Kinds.USER, scope.id())
                        .map(Entry::value)
                        .map(Owners::of)
                        .orElse(List.of());
            case KEY ->
                registry.find(Kinds.KEY, scope.id())
                        .map(Entry::value)
                        .map(Owners::of)
                        .orElse(List.of());
        };
    }

    /** The teams of a project by its id; none where there is no such project. */
    Collection<String> project(String id) {
        return registry.find(Kinds.PROJECT, id)
                .map(Entry::value)
                .map(Owners::of)
                .orElse(List.of());
    }

    /** Refuses an id that nobody has. */
    void need(Kind<?> kind, String id, String field) {
        if (registry.find(kind, id).isEmpty()) {
            throw Checks.wrong(field, "There is no " + kind.word() + " " + id);
        }
    }

    void need(Scope scope, String field) {
        switch (scope.level()) {
            case ALL -> {}
            case TEAM -> need(Kinds.TEAM, scope.id(), field);
            case PROJECT -> need(Kinds.PROJECT, scope.id(), field);
            case USER -> need(Kinds.USER, scope.id(), field);
            case KEY -> need(Kinds.KEY, scope.id(), field);
        }
    }

    /** How many entries belong to another, and the ids of the first few; empty where none does. */
    <T> Optional<String> held(Kind<T> kind, Predicate<T> belongs) {
        List<String> ids = registry.after(kind, "")
                .filter(entry -> belongs.test(entry.value()))
                .map(Entry::id)
                .toList();
        String first = ids.stream().limit(NAMED).collect(Collectors.joining(", "));
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(ids.size() + " " + kind.word() + (ids.size() == 1 ? "" : "s") + " (" + first
                        + (ids.size() > NAMED ? ", …)" : ")"));
    }

    /**
     * Refuses to do without what others belong to.
     *
     * @param held what belongs to it, as {@link #held} says it
     */
    static void release(String what, List<Optional<String>> held) {
        List<String> all = held.stream().flatMap(Optional::stream).toList();
        if (!all.isEmpty()) {
            throw new GatewayException(
                    ErrorKind.CONFLICT,
                    "The " + what + " still has " + String.join(", ", all) + "; delete or change them first");
        }
    }

    /** Leads share out what their team has; how much that is, is not for them to say. */
    static void permit(Reach reach, Optional<Scope> before, Scope after) {
        boolean within = Stream.concat(before.stream(), Stream.of(after))
                .map(Scope::level)
                .noneMatch(level -> level == Level.TEAM || level == Level.ALL);
        Reach.need(reach.all() || within, "What binds a whole team is for administrators to say");
    }
}
