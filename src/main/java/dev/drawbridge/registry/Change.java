package dev.drawbridge.registry;

import java.util.Optional;

/**
 * What became of an entry.
 *
 * @param before empty where it is new
 * @param after empty where it was deleted
 */
public record Change<T>(String id, Optional<Entry<T>> before, Optional<Entry<T>> after) {}
