package dev.drawbridge.transport;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client, and words to use it with. */
final class TransportLab implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(20);
    static final ConnectionSettings PLAIN = new ConnectionSettings(LONG, Optional.empty(), Optional.empty());
    static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);

    final UpstreamClient client = new UpstreamClient();

    UpstreamExchange send(String url) {
        return send(url, PATIENT);
    }

    UpstreamExchange send(String url, Timeouts timeouts) {
        return client.send(request(url, Map.of()), PLAIN, timeouts, new CallScope());
    }

    /** The failure of a call that does not even get an answer. */
    GatewayException failure(String url, Timeouts timeouts) {
        return catchThrowableOfType(
                GatewayException.class, () -> send(url, timeouts).close());
    }

    static UpstreamRequest request(String url, Map<String, String> headers) {
        return new UpstreamRequest(URI.create(url), headers, List.of(StandardCharsets.UTF_8.encode("{\"a\":\"é\"}")));
    }

    /** Reads to the end, or to the failure that it means. */
    static GatewayException failureOfReading(UpstreamExchange exchange) {
        IOException broken = catchThrowableOfType(IOException.class, exchange::bytes);
        return exchange.failure(broken);
    }

    static String text(UpstreamExchange exchange) throws IOException {
        return new String(exchange.bytes(), StandardCharsets.UTF_8);
    }

    /** How long the work took. */
    static Duration took(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        client.close();
    }
}
