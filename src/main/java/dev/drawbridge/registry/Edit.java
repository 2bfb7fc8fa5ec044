package dev.drawbridge.registry;

import java.util.Optional;

/** Changes of one transaction: all of them come true, or none. It sees the database's own state. */
public interface Edit {
    <T> Optional<Entry<T>> find(Kind<T> kind, String id);

    /** @throws dev.drawbridge.inference.GatewayException {@code CONFLICT} when it is there already */
    <T> Entry<T> create(Kind<T> kind, String id, T value);

    /**
     * @param version that it must have now
     * @throws dev.drawbridge.inference.GatewayException {@code NOT_FOUND}, or {@code PRECONDITION_FAILED} when somebody
     *     else was quicker
     */
    <T> Entry<T> replace(Kind<T> kind, String id, long version, T value);

    /** @throws dev.drawbridge.inference.GatewayException as {@link #replace} */
    <T> void delete(Kind<T> kind, String id, long version);

    /** Only the audit: of a change to something that is not kept here. */
    void note(Note note);

    /**
     * @param action such as {@code create}, {@code replace}, {@code delete}
     * @param before JSON, or empty
     * @param after JSON, or empty
     */
    record Note(String action, String kind, String id, String before, String after) {}
}
