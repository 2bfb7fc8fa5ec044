package dev.drawbridge.registry;

import java.time.Instant;

/**
 * A document as it is kept.
 *
 * @param version 1 at first, and one more with every change
 * @param changed last
 */
public record Entry<T>(String id, long version, T value, Instant created, Instant changed) {}
