import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Holds many streams at once and watches every frame of the mock arrive; one thread, one selector.
 * {@code java Streams.java PORT STREAMS FRAMES RAMP_MS KEY}; prints one line of figures.
 *
 * <p>All connections are open before the first request; the requests are spread over RAMP_MS.
 */
public final class Streams {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final int frames;
    private final long rampNanos;
    private final byte[] request;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final List<OneStream> streams = new ArrayList<>();
    private int open;
    private int peak;

    private Streams(int frames, long rampMillis, String key) throws IOException {
        this.frames = frames;
        this.rampNanos = rampMillis * 1_000_000;
        String body = "{\"model\":\"bench\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                + "The quick brown fox jumps over the lazy dog. ".repeat(20) + "\"}]}";
        this.request = ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    public static void main(String[] args) throws IOException {
        int frames = Integer.parseInt(args[2]);
        Streams all = new Streams(frames, Long.parseLong(args[3]), args[4]);
        all.connect(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        long started = System.nanoTime();
        all.run(started);
        System.out.println(all.figures(System.nanoTime() - started));
    }

    private void connect(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            OneStream stream = new OneStream(channel);
            channel.register(selector, SelectionKey.OP_READ, stream);
            streams.add(stream);
        }
    }

    private void run(long started) throws IOException {
        int asked = 0;
        while (asked < streams.size() || open > 0) {
            long now = System.nanoTime();
            if (now - started > PATIENCE_NANOS + rampNanos) {
                return;
            }
            while (asked < streams.size() && now >= started + rampNanos * asked / streams.size()) {
                streams.get(asked++).ask();
            }
            selector.select(asked < streams.size() ? 1 : 100);
            selector.selectedKeys().forEach(key -> ((OneStream) key.attachment()).read());
            selector.selectedKeys().clear();
        }
    }

    private String figures(long nanos) {
        long[] first = streams.stream()
                .filter(stream -> stream.seen > 0)
                .mapToLong(stream -> stream.first - stream.asked)
                .sorted()
                .toArray();
        long[] gaps = streams.stream()
                .flatMapToLong(stream -> LongStream.of(Arrays.copyOf(stream.gaps, Math.max(0, stream.seen - 1))))
                .sorted()
                .toArray();
        long lost = streams.stream().mapToLong(stream -> frames - stream.seen).sum();
        long failed = streams.stream().filter(stream -> !stream.good).count();
        return String.format(
                Locale.ROOT,
                "streams=%d held=%d failed=%d lost=%d first_p50_ms=%.1f first_p99_ms=%.1f gap_p50_ms=%.1f"
                        + " gap_p99_ms=%.1f gap_worst_ms=%.1f seconds=%.2f",
                streams.size(),
                peak,
                failed,
                lost,
                millis(first, 0.5),
                millis(first, 0.99),
                millis(gaps, 0.5),
                millis(gaps, 0.99),
                millis(gaps, 1),
                nanos / 1e9);
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0 ? -1 : sorted[(int) Math.round((sorted.length - 1) * share)] / 1e6;
    }

    /** One stream: its head, its chunks, its lines. Frames count only in their order, and only once. */
    private final class OneStream {
        private final SocketChannel channel;
        private final long[] gaps = new long[frames];
        private final StringBuilder head = new StringBuilder();
        private final StringBuilder line = new StringBuilder(256);
        private final StringBuilder size = new StringBuilder();
        private long asked;
        private long first;
        private long last;
        private int seen;
        private boolean inBody;
        private int left;
        private boolean done;
        private boolean good;

        OneStream(SocketChannel channel) {
            this.channel = channel;
        }

        void ask() {
            asked = System.nanoTime();
            open++;
            peak = Math.max(peak, open);
            try {
                channel.write(ByteBuffer.wrap(request));
            } catch (IOException e) {
                end(false);
            }
        }

        void read() {
            try {
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    end(false);
                    return;
                }
                long now = System.nanoTime();
                buffer.flip();
                while (buffer.hasRemaining() && channel.isOpen()) {
                    accept((char) (buffer.get() & 0xff), now);
                }
            } catch (IOException | NumberFormatException e) {
                end(false);
            }
        }

        private void accept(char next, long now) {
            if (!inBody) {
                head(next);
            } else if (left > 0) {
                left--;
                text(next, now);
            } else if (next == '\n' && !size.isEmpty()) {
                left = Integer.parseInt(size, 0, size.length(), 16);
                size.setLength(0);
                if (left == 0) {
                    end(done && seen == frames);
                }
            } else if (next > ' ') {
                size.append(next);
            }
        }

        private void head(char next) {
            head.append(next);
            if (next == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
                String text = head.toString().toLowerCase(Locale.ROOT);
                inBody = true;
                if (!text.startsWith("http/1.1 200") || !text.contains("transfer-encoding: chunked")) {
                    end(false);
                }
            }
        }

        private void text(char next, long now) {
            if (next != '\n') {
                line.append(next);
                return;
            }
            int at = line.indexOf("\"content\":\"#");
            if (at >= 0) {
                frame(Integer.parseInt(line, at + 12, line.indexOf(" ", at), 10), now);
            } else if (line.indexOf("data: [DONE]") == 0) {
                done = true;
            }
            line.setLength(0);
        }

        private void frame(int number, long now) {
            if (number != seen) {
                return;
            }
            if (seen == 0) {
                first = now;
            } else {
                gaps[seen - 1] = now - last;
            }
            last = now;
            seen++;
        }

        private void end(boolean whole) {
            good = whole;
            open--;
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
