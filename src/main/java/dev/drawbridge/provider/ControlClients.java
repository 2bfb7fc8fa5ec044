package dev.drawbridge.provider;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.transport.ConnectionSettings;
import dev.drawbridge.transport.TrustStores;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Typed clients for what upstreams say of themselves; questions to their models go through the transport. */
public final class ControlClients {
    private static final Duration READ = Duration.ofSeconds(5);

    private ControlClients() {}

    /**
     * A client that reaches the upstream as questions to its models do: credential, proxy, trust store. It comes with a
     * connection pool and threads of its own, so that its interface should be {@link AutoCloseable}, and closed.
     *
     * @param base what the paths of the interface are relative to
     */
    public static <T> T create(Class<T> api, Upstream upstream, URI base) {
        return create(api, upstream, base, READ);
    }

    /** @param silence longest wait for the head of an answer, and between two pieces of one */
    public static <T> T create(Class<T> api, Upstream upstream, URI base, Duration silence) {
        ConnectionSettings connection = upstream.connection();
        RestClientBuilder builder = RestClientBuilder.newBuilder()
                .baseUri(base)
                .connectTimeout(connection.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(silence.toMillis(), TimeUnit.MILLISECONDS)
                // Bytes of a piece of an upload: 4096 in Jersey. Other servers ignore its property.
                .property("jersey.config.client.chunkedEncodingSize", 65_536)
                .register(new Headers(upstream.headers()));
        connection.proxy().ifPresent(proxy -> builder.proxyAddress(proxy.getHost(), port(proxy)));
        connection.tls().ifPresent(tls -> trust(builder, tls, upstream));
        return builder.build(api);
    }

    private static int port(URI proxy) {
        return proxy.getPort() < 0 ? 80 : proxy.getPort();
    }

    private static void trust(RestClientBuilder builder, ConnectionSettings.Tls tls, Upstream upstream) {
        try {
            builder.trustStore(TrustStores.load(tls));
        } catch (IOException | GeneralSecurityException e) {
            throw new GatewayException(
                    ErrorKind.UPSTREAM_ERROR, "the trust store of upstream " + upstream + " cannot be read", e);
        }
    }

    private record Headers(Map<String, String> values) implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            values.forEach((name, value) -> request.getHeaders().putSingle(name, value));
        }
    }
}
