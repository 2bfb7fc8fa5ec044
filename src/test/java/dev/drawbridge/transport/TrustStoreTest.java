package dev.drawbridge.transport;

import static dev.drawbridge.transport.TransportLab.LONG;
import static dev.drawbridge.transport.TransportLab.PATIENT;
import static dev.drawbridge.transport.TransportLab.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.transport.ConnectionSettings.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustStoreTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path dir;

    private static HttpsServer server;

    private final TransportLab lab = new TransportLab();

    @BeforeAll
    static void serve() throws Exception {
        KeyStore keys = selfSigned();
        Certificate certificate = keys.getCertificate("server");
        Files.writeString(dir.resolve("ca.pem"), pem(certificate));
        Files.copy(dir.resolve("ca.pem"), dir.resolve("CA.CRT"));
        for (String type : new String[] {"PKCS12", "JKS"}) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            store.setCertificateEntry("ca", certificate);
            try (OutputStream out = Files.newOutputStream(dir.resolve("ca." + type.toLowerCase(Locale.ROOT)))) {
                store.store(out, PASSWORD.toCharArray());
            }
        }
        KeyManagerFactory manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/x", exchange -> {
            byte[] body = "trusted".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({"ca.pem, ''", "CA.CRT, ''", "ca.pkcs12, changeit", "ca.jks, changeit"})
    void a_server_is_trusted_by_the_store_that_holds_its_certificate(String file, String password) throws IOException {
        Tls tls = new Tls(dir.resolve(file), password);
        try (UpstreamExchange exchange = send(Optional.empty(), Optional.of(tls))) {
            assertThat(text(exchange)).isEqualTo("trusted");
        }
    }

    @Test
    void without_the_store_it_is_not_trusted() {
        GatewayException failure = catchThrowableOfType(
                GatewayException.class,
                () -> send(Optional.empty(), Optional.empty()).close());

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(failure.message()).isEqualTo("the upstream cannot be reached");
    }

    @Test
    void through_a_proxy_the_server_itself_is_trusted() throws Exception {
        try (Tunnel proxy = new Tunnel();
                UpstreamExchange exchange =
                        send(Optional.of(proxy.uri()), Optional.of(new Tls(dir.resolve("ca.pem"), "")))) {
            assertThat(text(exchange)).isEqualTo("trusted");
            assertThat(proxy.asked())
                    .containsExactly("CONNECT localhost:" + server.getAddress().getPort() + " HTTP/1.1");
        }
    }

    @Test
    void several_certificates_of_a_file_are_read() throws Exception {
        String one = Files.readString(dir.resolve("ca.pem"));
        Path both = Files.writeString(dir.resolve("both.pem"), "# ours\n" + one + "\n" + one);

        assertThat(TrustStores.load(new Tls(both, "")).size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void a_file_without_certificates_is_refused(String text) throws IOException {
        Path file = Files.writeString(dir.resolve("empty.pem"), text);

        assertThatThrownBy(() -> TrustStores.load(new Tls(file, "")))
                .isInstanceOfAny(GeneralSecurityException.class, IOException.class);
    }

    @Test
    void a_wrong_password_is_refused_and_not_told() {
        assertThatThrownBy(() -> TrustStores.load(new Tls(dir.resolve("ca.pkcs12"), "s3cret")))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("s3cret");
        assertThat(new Tls(dir.resolve("ca.pkcs12"), "s3cret").toString()).doesNotContain("s3cret");
    }

    private UpstreamExchange send(Optional<URI> proxy, Optional<Tls> tls) {
        String url = "https://localhost:" + server.getAddress().getPort() + "/x";
        return lab.client.send(
                TransportLab.request(url, Map.of()),
                new ConnectionSettings(LONG, proxy, tls),
                PATIENT,
                new CallScope());
    }

    private static KeyStore selfSigned() throws Exception {
        Path file = dir.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
