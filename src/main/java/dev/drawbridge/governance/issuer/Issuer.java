package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IssuerConfig;

/**
 * An identity provider whose tokens count.
 *
 * @param publicKey its keys, where the configuration itself has them: PEM, JWK or JWKS; empty: they are fetched
 */
public record Issuer(IssuerConfig rules, String publicKey) {}
