package dev.drawbridge.routing;

import dev.drawbridge.provider.Upstream;

/**
 * The upstream that administers a model, and its own name for the model.
 *
 * @param model without the upstream's name before it
 */
public record Owner(Upstream upstream, String model) {}
