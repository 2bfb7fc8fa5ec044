package dev.drawbridge.webhook;

import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Tells again when a webhook has not taken it. Administrators tune it with the properties of MicroProfile Fault
 * Tolerance, such as {@code dev.drawbridge.webhook.WebhookCalls/tell/Retry/maxRetries}.
 *
 * <p>Call it on virtual threads: a timeout interrupts the thread, which ends a read only there.
 */
@Singleton
public class WebhookCalls implements Webhooks {
    private static final int LONGEST = 64 * 1024;
    private static final int FAILED = 500;

    @Override
    @Timeout(30_000)
    public Reply ask(Address address, Delivery delivery) {
        try (WebhookApi api = client(address);
                Response response = api.post(
                        sign(address, delivery),
                        delivery.delivery(),
                        delivery.body().getBytes(StandardCharsets.UTF_8))) {
            return reply(response);
        } catch (ProcessingException e) {
            throw new WebhookException("it does not answer: " + e.getMessage(), e);
        }
    }

    private static Reply reply(Response response) {
        if (response.getStatus() >= FAILED) {
            throw new WebhookException("it answers with status " + response.getStatus());
        }
        try (InputStream in = response.readEntity(InputStream.class)) {
            return new Reply(
                    response.getStatus(), in == null ? "" : new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new WebhookException("its answer breaks off", e);
        }
    }

    @Override
    @Retry(maxRetries = 4, delay = 500, jitter = 250, maxDuration = 60_000, retryOn = WebhookException.class)
    @Timeout(30_000)
    public void tell(Address address, Delivery delivery) {
        int status = ask(address, delivery).status();
        if (status >= 300) {
            throw new WebhookException("it answers with status " + status);
        }
    }

    private static String sign(Address address, Delivery delivery) {
        return Signature.of(delivery.body(), address.secret(), Instant.now());
    }

    private static WebhookApi client(Address address) {
        long millis = address.timeout().toMillis();
        return RestClientBuilder.newBuilder()
                .baseUri(URI.create(address.url()))
                .connectTimeout(millis, TimeUnit.MILLISECONDS)
                .readTimeout(millis, TimeUnit.MILLISECONDS)
                // Otherwise it throws what the webhook says.
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(WebhookApi.class);
    }
}
