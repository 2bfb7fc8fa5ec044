package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IssuerConfig;
import java.net.URI;

/** Fetches what identity providers publish. */
@FunctionalInterface
public interface Documents {
    /** Longest document, in bytes. */
    int LONGEST = 1024 * 1024;

    /** The text at the address; any failure is a {@link RuntimeException} that says why. */
    String fetch(URI address, IssuerConfig.Connection connection);
}
