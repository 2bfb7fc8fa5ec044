package dev.drawbridge.protocol.ollama.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFetcherTest {
    private static final String FIELD = "messages[0].content[0].image_url";
    private static final String GIF = "GIF89a-and-so-on";

    private final FakeUpstream site = new FakeUpstream();
    private final ImageFetcher anywhere = new ImageFetcher(address -> true, Duration.ofSeconds(5));

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "0.1.2.3",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:0:1::"
            })
    void addresses_of_this_machine_and_this_network_are_not_public(String address) throws UnknownHostException {
        assertThat(ImageFetcher.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "100.63.0.1", "172.32.0.1", "192.0.2.1", "223.255.255.1", "2606:4700::1111"})
    void addresses_of_the_internet_are_public(String address) throws UnknownHostException {
        assertThat(ImageFetcher.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/a.gif",
                "http://localhost:%d/a.gif",
                "http://2130706433:%d/a.gif",
                "http://[::1]:%d/a.gif",
                "http://[::ffff:127.0.0.1]:%d/a.gif"
            })
    void a_private_address_is_refused_before_anything_is_sent(String url) {
        String port = site.url().replaceFirst(".*:", "");
        GatewayException refusal = refusal(new ImageFetcher(), url.replace("%d", port));

        assertThat(refusal.message()).isEqualTo("the image's address is not a public one");
        assertThat(site.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://example.org/a.gif", "file:///etc/passwd", "http://", "a.gif", "http://a b/", "//x/a.gif"})
    void what_is_no_web_address_is_refused(String url) {
        assertThat(refusal(anywhere, url).message()).contains("http or https address");
    }

    @Test
    void an_image_is_fetched_as_it_is() {
        site.on("/a.gif", (call, answer) -> answer.whole(200, "application/octet-stream", GIF));

        assertThat(fetched("/a.gif?size=1")).isEqualTo(GIF);
        assertThat(site.lastCall().path()).isEqualTo("/a.gif?size=1");
        assertThat(site.lastCall().headers()).containsEntry("host", site.url().substring("http://".length()));
    }

    @Test
    void an_image_may_come_in_chunks_or_end_with_the_connection() {
        site.on(
                "/chunks",
                (call, answer) -> answer.start(200, "image/gif")
                        .chunk("GIF89a")
                        .chunk("-and-so-on")
                        .end());
        site.on("/open", (call, answer) -> {
            answer.raw("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + GIF);
            answer.cut();
        });

        assertThat(fetched("/chunks")).isEqualTo(GIF);
        assertThat(fetched("/open")).isEqualTo(GIF);
    }

    @Test
    void redirects_are_followed_a_few_times() {
        site.on("/a.gif", (call, answer) -> answer.whole(200, "image/gif", GIF));
        site.on("/old", (call, answer) -> answer.whole(302, Map.of("Location", "a.gif"), ""));
        site.on("/loop", (call, answer) -> answer.whole(302, Map.of("Location", "/loop"), ""));

        assertThat(fetched("/old")).isEqualTo(GIF);
        assertThat(refusal(anywhere, site.url() + "/loop").message()).contains("redirects more than 3 times");
    }

    @Test
    void a_redirect_to_a_private_address_is_refused() {
        InetAddress shop = InetAddress.getLoopbackAddress();
        ImageFetcher fetcher = new ImageFetcher(shop::equals, Duration.ofSeconds(5));
        site.on(
                "/a.gif",
                (call, answer) -> answer.whole(302, Map.of("Location", "http://127.0.0.2/latest/meta-data"), ""));

        assertThat(refusal(fetcher, site.url() + "/a.gif").message())
                .isEqualTo("the image's address is not a public one");
    }

    @Test
    void what_is_no_image_or_not_there_or_too_large_is_refused() {
        site.on("/page", (call, answer) -> answer.whole(200, "image/png", "<html>"));
        site.on("/empty", (call, answer) -> answer.whole(200, "image/png", ""));
        site.on("/gone", (call, answer) -> answer.whole(404, "text/plain", GIF));
        site.on("/large", (call, answer) -> answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 20971521\r\n\r\nGIF8"));
        site.on(
                "/larger",
                (call, answer) -> answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff0\r\nGIF8"));
        site.on("/cut", (call, answer) -> {
            answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nGIF89a");
            answer.cut();
        });
        site.on("/noise", (call, answer) -> answer.raw("SSH-2.0-OpenSSH\r\n"));

        assertThat(refusal(anywhere, site.url() + "/page").message()).contains("no PNG, JPEG, WebP or GIF");
        assertThat(refusal(anywhere, site.url() + "/empty").message()).contains("no PNG, JPEG, WebP or GIF");
        assertThat(refusal(anywhere, site.url() + "/gone").message()).contains("status 404");
        assertThat(refusal(anywhere, site.url() + "/large").message()).contains("larger than 20 MB");
        assertThat(refusal(anywhere, site.url() + "/larger").message()).contains("larger than 20 MB");
        assertThat(refusal(anywhere, site.url() + "/cut").message()).isEqualTo("the image cannot be fetched");
        assertThat(refusal(anywhere, site.url() + "/noise").message()).isEqualTo("the image cannot be fetched");
    }

    @Test
    void a_slow_image_is_not_waited_for() {
        site.on("/slow", (call, answer) -> {
            answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nGIF89a");
            Thread.sleep(Duration.ofMinutes(1));
        });

        assertThat(refusal(new ImageFetcher(address -> true, Duration.ofMillis(200)), site.url() + "/slow")
                        .message())
                .contains("did not arrive");
    }

    private String fetched(String path) {
        return new String(anywhere.fetch(site.url() + path, FIELD), StandardCharsets.ISO_8859_1);
    }

    private static GatewayException refusal(ImageFetcher fetcher, String url) {
        GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> fetcher.fetch(url, FIELD));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refusal.param()).contains(FIELD);
        return refusal;
    }
}
