package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IssuerConfig;
import java.net.URI;

/** An identity provider's keys, found by its discovery document unless the configuration says where they are. */
public record KeyDocument(Documents documents) {
    /** The text of the provider's JWKS; any failure is a {@link RuntimeException} that says why. */
    public String fetch(IssuerConfig issuer) {
        URI address = issuer.jwksUrl()
                .map(URI::create)
                .orElseGet(() -> Discovery.fetch(issuer, documents).address("jwks_uri"));
        return documents.fetch(address, issuer.connection());
    }
}
