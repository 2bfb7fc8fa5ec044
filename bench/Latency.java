import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Asks over and over on one connection, the next request when the answer to the last is whole, and says how long the
 * answers took. wrk would do, but it "corrects" its percentiles by the rate that a side reached, which makes those of a
 * fast and of a slow side incomparable. {@code java Latency.java PORT SECONDS KEY}; prints one line of figures.
 */
public final class Latency {
    private static final int REQUEST_BYTES = 1024;
    /** For this program's own compilation. */
    private static final long WARM_UP_NANOS = 1_000_000_000;

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
    private final long[] nanos = new long[4_000_000];
    private int count;
    private int errors;

    private Latency(int port, String key) throws IOException {
        String head = "{\"model\":\"bench\",\"temperature\":0.7,\"max_tokens\":200,\"messages\":"
                + "[{\"role\":\"system\",\"content\":\"You are kind.\"},{\"role\":\"user\",\"content\":\"";
        String tail = "\"}]}";
        String words = "The quick brown fox jumps over the lazy dog. ".repeat(24);
        String body = head + words.substring(0, REQUEST_BYTES - head.length() - tail.length()) + tail;
        this.request =
                ByteBuffer.wrap(("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                + key + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.US_ASCII));
        this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    public static void main(String[] args) throws IOException {
        Latency latency = new Latency(Integer.parseInt(args[0]), args[2]);
        latency.run(WARM_UP_NANOS);
        latency.count = 0;
        latency.run(Long.parseLong(args[1]) * 1_000_000_000);
        System.out.println(latency.figures());
    }

    private void run(long length) throws IOException {
        long end = System.nanoTime() + length;
        for (long now = System.nanoTime(); now < end && count < nanos.length; ) {
            ask();
            long then = System.nanoTime();
            nanos[count++] = then - now;
            now = then;
        }
    }

    private void ask() throws IOException {
        request.rewind();
        while (request.hasRemaining()) {
            channel.write(request);
        }
        answer.clear();
        int whole;
        do {
            if (channel.read(answer) < 0) {
                throw new EOFException("the connection was closed after " + count + " answers");
            }
            whole = length();
        } while (whole < 0 || answer.position() < whole);
        // "HTTP/1.1 200"
        if (answer.get(9) != '2') {
            errors++;
        }
    }

    /** Bytes of the whole answer, head and body; -1 while they are not known. */
    private int length() {
        byte[] bytes = answer.array();
        for (int i = 3; i < answer.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                String head = new String(bytes, 0, i, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
                int at = head.indexOf("\ncontent-length:") + 16;
                return i
                        + 1
                        + Integer.parseInt(
                                head.substring(at, head.indexOf('\r', at)).strip());
            }
        }
        return -1;
    }

    private String figures() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "requests=%d p50_us=%.1f p99_us=%.1f errors=%d",
                count,
                sorted[(count - 1) / 2] / 1e3,
                sorted[(int) ((count - 1) * 0.99)] / 1e3,
                errors);
    }
}
