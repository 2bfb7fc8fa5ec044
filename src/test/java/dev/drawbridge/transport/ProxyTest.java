package dev.drawbridge.transport;

import static dev.drawbridge.transport.TransportLab.LONG;
import static dev.drawbridge.transport.TransportLab.PATIENT;
import static dev.drawbridge.transport.TransportLab.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyTest {
    private static final String FAR_AWAY = "http://models.far-away.invalid/v1/x";

    private final FakeUpstream proxy = new FakeUpstream();
    private final TransportLab lab = new TransportLab();

    @AfterEach
    void close() {
        lab.close();
        proxy.close();
    }

    @Test
    void the_proxy_is_asked_for_an_address_that_need_not_be_known_here() throws IOException {
        proxy.on(FAR_AWAY, 200, "{}");
        try (UpstreamExchange exchange = send(proxy.url())) {
            assertThat(text(exchange)).isEqualTo("{}");
        }

        assertThat(proxy.lastCall().path()).isEqualTo(FAR_AWAY);
        assertThat(proxy.lastCall().headers()).containsEntry("host", "models.far-away.invalid");
    }

    @Test
    void what_the_proxy_says_is_an_answer() {
        proxy.on(FAR_AWAY, 503, "{}");
        try (UpstreamExchange exchange = send(proxy.url())) {
            assertThat(exchange.status()).isEqualTo(503);
        }
    }

    @Test
    void a_proxy_that_is_not_there_is_a_failure() throws IOException {
        String gone;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = "http://127.0.0.1:" + closed.getLocalPort();
        }

        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> send(gone).close());

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    }

    private UpstreamExchange send(String proxyUrl) {
        ConnectionSettings settings = new ConnectionSettings(LONG, Optional.of(URI.create(proxyUrl)), Optional.empty());
        return lab.client.send(TransportLab.request(FAR_AWAY, Map.of()), settings, PATIENT, new CallScope());
    }
}
