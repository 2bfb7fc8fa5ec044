package dev.drawbridge.protocol.ollama.upstream;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Fetches the images that clients name by address, because Ollama takes only the images themselves.
 * <p>The address is the client's, the connection comes from inside the company: only public addresses are connected to,
 * of redirects too, and it is the checked address that is connected to, so that a name which changes its address between
 * check and connection gains nothing.
 * See <a href="https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html">OWASP on SSRF</a>.
 */
final class ImageFetcher {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_REDIRECTS = 3;

    private final Predicate<InetAddress> allowed;
    private final Duration timeout;

    ImageFetcher() {
        this(ImageFetcher::isPublic, TIMEOUT);
    }

    /** @param allowed the addresses that may be connected to */
    ImageFetcher(Predicate<InetAddress> allowed, Duration timeout) {
        this.allowed = allowed;
        this.timeout = timeout;
    }

    /**
     * The bytes of a PNG, JPEG, WebP or GIF.
     *
     * @param field the place in the request to blame
     * @throws GatewayException {@code INVALID_REQUEST} for whatever reason there is no such image
     */
    byte[] fetch(String url, String field) {
        // A virtual thread, because interrupting it closes the socket that it waits for, at whichever step it is.
        FutureTask<byte[]> download = new FutureTask<>(() -> download(url));
        Thread.ofVirtual().name("drawbridge-image").start(download);
        try {
            return download.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            download.cancel(true);
            throw refused("the image did not arrive within " + timeout.toSeconds() + " s")
                    .at(field);
        } catch (InterruptedException e) {
            download.cancel(true);
            Thread.currentThread().interrupt();
            throw new GatewayException(ErrorKind.TIMEOUT, "the request was ended", e);
        } catch (ExecutionException e) {
            throw (e.getCause() instanceof GatewayException refusal
                            ? refusal
                            : new GatewayException(ErrorKind.INVALID_REQUEST, "the image cannot be fetched", e))
                    .at(field);
        }
    }

    private byte[] download(String url) throws IOException {
        URI uri = uri(url);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            ImageDownload.Answer answer = ImageDownload.get(uri, addresses(uri));
            if (answer.location().isEmpty()) {
                return image(answer);
            }
            uri = uri(uri.resolve(answer.location()).toString());
        }
        throw refused("the image's address redirects more than " + MAX_REDIRECTS + " times");
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(new URI(url).toASCIIString());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Refused below, like any other text that is no address.
        }
        throw refused("an image is given as data URI, or as http or https address");
    }

    private InetAddress[] addresses(URI uri) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(uri.getHost());
        for (InetAddress address : addresses) {
            if (!allowed.test(address)) {
                throw refused("the image's address is not a public one");
            }
        }
        return addresses;
    }

    private static byte[] image(ImageDownload.Answer answer) {
        if (answer.status() != 200) {
            throw refused("the image's address answers with status " + answer.status());
        }
        if (!isImage(answer.body())) {
            throw refused("what is at the image's address is no PNG, JPEG, WebP or GIF");
        }
        return answer.body();
    }

    private static boolean isImage(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
        return start.startsWith("\u0089PNG\r\n")
                || start.startsWith("\u00ff\u00d8\u00ff")
                || start.startsWith("GIF8")
                || (start.startsWith("RIFF") && start.endsWith("WEBP"));
    }

    /** Whether the address is one of the Internet's, and not of this machine, this network or a special purpose. */
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPublic4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff) : isPublic6(bytes);
    }

    /** See the <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">registry of special addresses</a>. */
    private static boolean isPublic4(int first, int second, int third) {
        boolean sharedByCarrier = first == 100 && second >= 64 && second < 128;
        boolean protocols = first == 192 && second == 0 && third == 0;
        boolean benchmarks = first == 198 && (second == 18 || second == 19);
        return first != 0 && first < 240 && !sharedByCarrier && !protocols && !benchmarks;
    }

    /** Global unicast, less the blocks that tunnel to IPv4 addresses of any kind. */
    private static boolean isPublic6(byte[] bytes) {
        boolean global = (bytes[0] & 0xe0) == 0x20;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return global && !teredo && !sixToFour;
    }

    static GatewayException refused(String why) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, why);
    }
}
