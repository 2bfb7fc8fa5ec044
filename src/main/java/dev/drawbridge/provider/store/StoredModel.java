package dev.drawbridge.provider.store;

/**
 * A model whose weights an upstream has.
 *
 * @param name the upstream's name for it
 * @param size of the weights, in bytes; 0 where they are elsewhere
 */
public record StoredModel(String name, long size) {}
