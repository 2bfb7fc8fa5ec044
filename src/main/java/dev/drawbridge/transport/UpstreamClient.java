package dev.drawbridge.transport;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.ErrorKind.Overdue;
import dev.drawbridge.inference.GatewayException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.io.CloseMode;

/**
 * Sends requests to upstreams over pooled connections, without redirects, cookies, decompression or retries of its own.
 * Blocking: call it on virtual threads. Thread-safe.
 */
@Singleton
public class UpstreamClient {
    private final Map<ConnectionSettings, CloseableHttpClient> clients = new ConcurrentHashMap<>();
    private final Watchdog watchdog = new Watchdog();

    /**
     * Sends the request and waits for the head of the answer, whatever its status.
     *
     * @param scope its end ends the exchange, whatever it is doing
     * @throws GatewayException {@code UNREACHABLE} when there is no connection or no HTTP, {@code TIMEOUT}
     */
    public UpstreamExchange send(
            UpstreamRequest request, ConnectionSettings settings, Timeouts timeouts, CallScope scope) {
        CloseableHttpClient client = clients.computeIfAbsent(settings, HttpClients::create);
        HttpPost post = new HttpPost(request.uri());
        request.headers().forEach(post::setHeader);
        Deadline deadline = new Deadline(timeouts, post::cancel);
        post.setEntity(new EntityTemplate(request.length(), ContentType.APPLICATION_JSON, null, out -> {
            // The request goes out, so there is a connection.
            deadline.connected();
            request.writeTo(out);
        }));
        Leash leash = new Leash(deadline, watchdog, scope, post::cancel);
        try {
            return new UpstreamExchange(post, head(client, post), leash);
        } catch (IOException | IllegalStateException e) {
            leash.close();
            throw leash.failure(e).orElseGet(() -> failure(e, request));
        }
    }

    /** Asks again at once where a kept connection turns out to be closed: the upstream has not seen the request. */
    private static ClassicHttpResponse head(CloseableHttpClient client, HttpUriRequestBase post) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        try {
            return client.executeOpen(null, post, context);
        } catch (NoHttpResponseException | SocketException e) {
            EndpointDetails connection = context.getEndpointDetails();
            if (post.isCancelled() || connection == null || connection.getRequestCount() <= 1) {
                throw e;
            }
            return client.executeOpen(null, post, null);
        }
    }

    private static GatewayException failure(Exception cause, UpstreamRequest request) {
        return switch (cause) {
            // Reads have no timeout of their own: only connecting, TLS included, ends so.
            case SocketTimeoutException e ->
                new GatewayException(ErrorKind.TIMEOUT, "the upstream did not accept a connection in time", e)
                        .withCode(Overdue.CONNECT.code());
            case UnknownHostException e ->
                new GatewayException(
                        ErrorKind.UNREACHABLE,
                        "the upstream's host name " + request.uri().getHost() + " is unknown",
                        e);
            default -> new GatewayException(ErrorKind.UNREACHABLE, "the upstream cannot be reached", cause);
        };
    }

    @PreDestroy
    public void close() {
        watchdog.close();
        clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
    }
}
