package dev.drawbridge.config;

import java.util.List;

/**
 * Who vouches for callers, besides the gateway's own keys.
 *
 * @param issuers identity providers whose tokens count
 */
public record IdentityConfig(List<IssuerConfig> issuers) {}
