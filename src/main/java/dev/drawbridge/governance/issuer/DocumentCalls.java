package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.transport.TrustStores;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Asks again when the connection fails. Administrators tune it with the properties of MicroProfile Fault Tolerance, such
 * as {@code dev.drawbridge.governance.issuer.DocumentCalls/fetch/Timeout/value}.
 *
 * <p>Call it on virtual threads: a timeout interrupts the thread, which ends a read only there.
 */
@Singleton
public class DocumentCalls implements Documents {
    private static final String JSON = "application/json, application/jwk-set+json, */*;q=0.5";

    @Override
    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = ProcessingException.class)
    @Timeout(5_000)
    public String fetch(URI address, IssuerConfig.Connection connection) {
        try (DocumentApi api = client(address, connection);
                InputStream in = api.get(JSON)) {
            byte[] document = in.readNBytes(LONGEST + 1);
            if (document.length > LONGEST) {
                throw new IOException("more than " + LONGEST + " bytes");
            }
            return new String(document, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DocumentApi client(URI address, IssuerConfig.Connection connection) throws IOException {
        RestClientBuilder builder = RestClientBuilder.newBuilder()
                .baseUri(address)
                .followRedirects(true)
                .connectTimeout(2, TimeUnit.SECONDS)
                .readTimeout(4, TimeUnit.SECONDS);
        if (!connection.proxy().isEmpty()) {
            URI proxy = URI.create(connection.proxy());
            builder.proxyAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
        }
        try {
            if (IdentityCheck.tls(connection).isPresent()) {
                builder.trustStore(
                        TrustStores.load(IdentityCheck.tls(connection).get()));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the trust store cannot be read", e);
        }
        return builder.build(DocumentApi.class);
    }
}
