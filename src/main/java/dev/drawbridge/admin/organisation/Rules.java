package dev.drawbridge.admin.organisation;

import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.registry.Kind;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What is particular to one kind of entries.
 *
 * @param <T> their values
 */
interface Rules<T> {
    Kind<T> kind();

    /** With everything that need not be said. */
    T blank();

    /** Fields of it that must be said all the same. */
    default Set<String> needed() {
        return Set.of();
    }

    /** The level that rules for such an entry stand at; empty where there are none. */
    Optional<Level> level();

    /** The id of a new one that is not given any. */
    String id(T value);

    /**
     * Refuses a new one an id that it cannot have.
     *
     * @throws dev.drawbridge.inference.GatewayException {@code INVALID_REQUEST}
     */
    default void check(String id, T value) {}

    /** Ids of the teams that it belongs to. */
    Collection<String> owners(String id, T value);

    /** Whether it is among those that the query asks for. */
    default boolean asked(T value, Call call) {
        return true;
    }

    /**
     * Refuses what a caller may not do, although the entry is of his team.
     *
     * @param before empty for a new one
     */
    void permit(Reach reach, Optional<T> before, T after);

    /**
     * Refuses what makes no sense.
     *
     * @param before empty for a new one
     * @throws dev.drawbridge.inference.GatewayException {@code INVALID_REQUEST}, at the field
     */
    void check(Optional<T> before, T after);

    /**
     * Refuses to delete what others need.
     *
     * @throws dev.drawbridge.inference.GatewayException {@code CONFLICT}
     */
    default void release(String id) {}
}
