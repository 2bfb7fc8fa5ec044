import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * An OpenAI-compatible upstream that costs next to nothing, because it shares the cores with what is measured: one
 * thread, one selector, answers that were encoded beforehand. {@code java Mock.java PORT FRAMES INTERVAL_MS}.
 *
 * <p>A whole answer has a body of 1,024 bytes. A stream is FRAMES numbered frames, the first at once and each other
 * INTERVAL_MS after the one before, then the finish, the usage and {@code [DONE]}.
 */
public final class Mock {
    private static final int REPLY_BYTES = 1024;
    private static final String CHUNK_HEAD = "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1700000000,\"model\":\"bench\",";
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":200,\"total_tokens\":400}}";

    private final Selector selector = Selector.open();
    private final PriorityQueue<Connection> due = new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
    private final List<byte[]> pieces;
    private final byte[] whole = response("application/json", reply());
    private final byte[] listing =
            response("application/json", "{\"object\":\"list\",\"data\":[{\"id\":\"bench\",\"object\":\"model\"}]}");
    private final long intervalNanos;

    private Mock(int frames, long intervalMillis) throws IOException {
        this.pieces = pieces(frames);
        this.intervalNanos = intervalMillis * 1_000_000;
    }

    public static void main(String[] args) throws IOException {
        new Mock(Integer.parseInt(args[1]), Long.parseLong(args[2])).serve(Integer.parseInt(args[0]));
    }

    private void serve(int port) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            select();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                SelectionKey key = keys.next();
                if (key.attachment() instanceof Connection connection) {
                    connection.happened(key);
                } else {
                    accept(server);
                }
            }
            sendDue();
        }
    }

    private void select() throws IOException {
        Connection next = due.peek();
        if (next == null) {
            selector.select();
        } else {
            long wait = (next.due - System.nanoTime() + 999_999) / 1_000_000;
            if (wait > 0) {
                selector.select(wait);
            } else {
                selector.selectNow();
            }
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Connection connection = new Connection(client);
            connection.key = client.register(selector, SelectionKey.OP_READ, connection);
        }
    }

    private void sendDue() {
        long now = System.nanoTime();
        while (!due.isEmpty() && due.peek().due <= now) {
            due.poll().sendPiece();
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private SelectionKey key;
        private ByteBuffer in = ByteBuffer.allocate(4096);
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long due;
        private int piece;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void happened(SelectionKey ready) {
            try {
                if (ready.isWritable()) {
                    write(new byte[0]);
                }
                if (ready.isReadable()) {
                    read();
                }
            } catch (IOException e) {
                close();
            }
        }

        private void read() throws IOException {
            if (channel.read(in) < 0) {
                close();
                return;
            }
            int head = headLength();
            int length = head < 0 ? 0 : head + bodyLength(head);
            if (head >= 0 && in.position() >= length) {
                answer(new String(in.array(), 0, length, StandardCharsets.ISO_8859_1));
                in.clear();
            } else if (in.remaining() == 0) {
                in = ByteBuffer.allocate(in.capacity() * 4).put(in.flip());
            }
        }

        /** Bytes up to the blank line and with it; -1 while it is not here. */
        private int headLength() {
            byte[] bytes = in.array();
            for (int i = 3; i < in.position(); i++) {
                if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private int bodyLength(int head) {
            String text = new String(in.array(), 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            int at = text.indexOf("\ncontent-length:");
            return at < 0
                    ? 0
                    : Integer.parseInt(
                            text.substring(at + 16, text.indexOf('\r', at)).strip());
        }

        private void answer(String request) throws IOException {
            if (request.startsWith("GET")) {
                write(listing);
            } else if (request.contains("\"stream\":true")) {
                piece = 0;
                due = System.nanoTime();
                sendPiece();
            } else {
                write(whole);
            }
        }

        /** A late piece does not make the next one late: each has its moment from the start of the stream. */
        void sendPiece() {
            try {
                write(pieces.get(piece));
                piece++;
                if (piece < pieces.size()) {
                    due += intervalNanos;
                    Mock.this.due.add(this);
                }
            } catch (IOException e) {
                close();
            }
        }

        private void write(byte[] bytes) throws IOException {
            ByteBuffer all = bytes.length == 0 || out.hasRemaining() ? joined(bytes) : ByteBuffer.wrap(bytes);
            channel.write(all);
            out = all;
            int wanted = all.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        private ByteBuffer joined(byte[] bytes) {
            return ByteBuffer.allocate(out.remaining() + bytes.length)
                    .put(out)
                    .put(bytes)
                    .flip();
        }

        private void close() {
            Mock.this.due.remove(this);
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    /** A body of exactly {@value #REPLY_BYTES} bytes, with every field that strict clients expect. */
    private static String reply() {
        String head = "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1700000000,"
                + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
        String tail = "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}]," + USAGE;
        String words = "The quick brown fox jumps over the lazy dog. ".repeat(REPLY_BYTES / 40);
        return head + words.substring(0, REPLY_BYTES - head.length() - tail.length()) + tail;
    }

    private static byte[] response(String type, String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What a stream writes at each of its moments. */
    private static List<byte[]> pieces(int frames) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            String head = i > 0
                    ? ""
                    : "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
            String role = i > 0 ? "" : "\"role\":\"assistant\",";
            pieces.add((head
                            + chunked(event("\"choices\":[{\"index\":0,\"delta\":{" + role + "\"content\":\"#" + i
                                    + " word\"},\"logprobs\":null,\"finish_reason\":null}]}")))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        String end = event("\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}")
                + event("\"choices\":[]," + USAGE)
                + "data: [DONE]\n\n";
        pieces.add((chunked(end) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return pieces;
    }

    private static String event(String rest) {
        return "data: " + CHUNK_HEAD + rest + "\n\n";
    }

    private static String chunked(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }
}
