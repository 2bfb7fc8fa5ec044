package dev.drawbridge.transport;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What connections to one upstream have in common; upstreams with equal settings share a pool.
 *
 * @param connectTimeout to open a connection, TLS included
 * @param proxy an HTTP proxy, such as {@code http://proxy.corp:3128}
 * @param tls whom to trust, where the JVM's own trust store does not do
 */
public record ConnectionSettings(Duration connectTimeout, Optional<URI> proxy, Optional<Tls> tls) {

    /**
     * @param trustStore PEM certificates, or a PKCS12 or JKS store
     * @param password of the store; empty for PEM
     */
    public record Tls(Path trustStore, String password) {
        @Override
        public String toString() {
            return "Tls[" + trustStore + "]";
        }
    }
}
