package dev.drawbridge.usage.price;

/**
 * What was asked, and so has a price.
 *
 * @param upstream the upstream's name
 * @param target the upstream's own name of the model
 * @param model the gateway's name of it
 */
public record Place(String upstream, String target, String model) {}
