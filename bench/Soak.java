import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the gateway for minutes while two of its three upstreams fail in all ways at random, and some clients leave.
 * {@code java Soak.java PORT FIRST_UPSTREAM_PORT SECONDS SHARE KEY}; prints one line of figures, and one for each second
 * on standard error.
 *
 * <p>First the capacity is measured, with all upstreams well and every client asking without a pause; then the clients
 * ask at SHARE of it. Every half minute another upstream is the one that stays well; the others may be anything, and that
 * changes every two seconds. A call fails when it is not answered well and whole, and its client has not left.
 */
public final class Soak {
    private static final int CLIENTS = 32;
    private static final int CAPACITY_SECONDS = 20;
    private static final String ANSWER = "All is well.";

    private final int port;
    private final String key;
    private final List<Upstream> upstreams = new ArrayList<>();
    private final LongAdder good = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder left = new LongAdder();
    private final AtomicLong worstNanos = new AtomicLong();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private volatile boolean ended;

    private Soak(int port, String key) {
        this.port = port;
        this.key = key;
    }

    public static void main(String[] args) throws Exception {
        Soak soak = new Soak(Integer.parseInt(args[0]), args[4]);
        for (int i = 0; i < 3; i++) {
            soak.upstreams.add(new Upstream(Integer.parseInt(args[1]) + i));
        }
        // Twice: the first time warms up.
        soak.load(CAPACITY_SECONDS, 0, false);
        long before = soak.good.sum();
        soak.load(CAPACITY_SECONDS, 0, false);
        double capacity = (soak.good.sum() - before) / (double) CAPACITY_SECONDS;
        double rate = capacity * Double.parseDouble(args[3]);
        System.err.printf("soak: capacity %.0f calls/s, asking for %.0f calls/s%n", capacity, rate);
        soak.reset();
        int seconds = Integer.parseInt(args[2]);
        soak.load(seconds, rate, true);
        Thread.sleep(5000);
        System.out.printf(
                "seconds=%d capacity=%.0f rate=%.0f good=%d failed=%d left=%d worst_ms=%d upstream_calls=%d open=%d%n",
                seconds, capacity, rate, soak.good.sum(), soak.failed.sum(), soak.left.sum(),
                soak.worstNanos.get() / 1_000_000,
                soak.upstreams.stream().mapToLong(upstream -> upstream.calls.sum()).sum(),
                soak.upstreams.stream().mapToInt(upstream -> upstream.open.get()).sum());
        System.err.println("soak: failures " + new TreeMap<>(soak.failures));
        System.exit(soak.failed.sum() == 0 ? 0 : 1);
    }

    private void reset() {
        good.reset();
        failed.reset();
        left.reset();
        failures.clear();
        worstNanos.set(0);
        upstreams.forEach(upstream -> upstream.calls.reset());
    }

    /** @param rate calls a second of all clients together; 0 for as many as there can be */
    private void load(int seconds, double rate, boolean trouble) throws InterruptedException {
        ended = false;
        long pause = rate == 0 ? 0 : (long) (CLIENTS / rate * 1e9);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> client(pause, trouble)));
        }
        for (int second = 0; second < seconds; second++) {
            if (trouble && second % 2 == 0) {
                // For the first ten seconds of each half minute the last one is still well: a call takes less.
                int well = second / 30 % 3;
                int before = second % 30 < 10 ? (well + 2) % 3 : well;
                for (int i = 0; i < 3; i++) {
                    upstreams.get(i).fault = i == well || i == before ? Fault.NONE : Fault.any();
                }
            }
            Thread.sleep(1000);
            if (second % 10 == 9) {
                System.err.printf("soak: %d s, good %d, failed %d, left %d%n", second + 1, good.sum(), failed.sum(), left.sum());
            }
        }
        ended = true;
        upstreams.forEach(upstream -> upstream.fault = Fault.NONE);
        for (Thread client : clients) {
            client.join();
        }
    }

    private void client(long pause, boolean trouble) {
        Connection connection = null;
        long due = System.nanoTime() + ThreadLocalRandom.current().nextLong(pause + 1);
        while (!ended) {
            LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
            due = Math.max(due + pause, System.nanoTime() - pause);
            boolean leaves = trouble && ThreadLocalRandom.current().nextInt(50) == 0;
            long start = System.nanoTime();
            try {
                connection = connection == null ? new Connection(port, key) : connection;
                connection.ask(ThreadLocalRandom.current().nextBoolean());
                if (leaves) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(3));
                    connection.close();
                    connection = null;
                    left.increment();
                } else {
                    connection.expect(ANSWER);
                    good.increment();
                    worstNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                }
            } catch (IOException e) {
                failed.increment();
                failures.computeIfAbsent(String.valueOf(e.getMessage()), message -> new LongAdder()).increment();
                connection.close();
                connection = null;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** One kept connection of a client. */
    private static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final String key;

        Connection(int port, String key) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            this.key = key;
        }

        void ask(boolean stream) throws IOException {
            String body = "{\"model\":\"bench\",\"stream\":" + stream
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + "Is all well? ".repeat(60) + "\"}]}";
            out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void expect(String text) throws IOException {
            String status = Http.line(in);
            Map<String, String> headers = Http.headers(in);
            String body = new String(Http.body(in, headers), StandardCharsets.UTF_8);
            boolean streamed = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
            if (!status.contains(" 200 ") || (streamed && !body.endsWith("data: [DONE]\n\n"))) {
                throw new IOException(status + " " + body.substring(Math.max(0, body.length() - 200)));
            }
            if (!body.contains(text) && !(body.contains("All is") && body.contains(" well."))) {
                throw new IOException("not the answer: " + body);
            }
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone, then.
            }
        }
    }

    /** What an upstream does to a call. */
    enum Fault {
        NONE, REFUSE, RESET, SILENT, STALL, TRUNCATE, SHORT, GARBAGE, ERROR_200, EMPTY, BROKEN, OVERLOADED, LIMITED, MIXED;

        static Fault any() {
            return values()[ThreadLocalRandom.current().nextInt(values().length)];
        }
    }

    /** An upstream on raw sockets. */
    private static final class Upstream {
        private final ServerSocket server;
        final LongAdder calls = new LongAdder();
        final AtomicInteger open = new AtomicInteger();
        volatile Fault fault = Fault.NONE;

        Upstream(int port) throws IOException {
            server = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try {
                        Socket socket = server.accept();
                        socket.setTcpNoDelay(true);
                        Thread.ofVirtual().start(() -> serve(socket));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
        }

        private void serve(Socket socket) {
            try (socket) {
                if (fault == Fault.REFUSE) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                InputStream in = new BufferedInputStream(socket.getInputStream());
                while (true) {
                    Http.line(in);
                    boolean stream = new String(Http.body(in, Http.headers(in)), StandardCharsets.UTF_8)
                            .contains("\"stream\":true");
                    calls.increment();
                    open.incrementAndGet();
                    try {
                        Fault now = fault == Fault.MIXED ? Fault.any() : fault;
                        if (!answer(socket, in, now, stream)) {
                            return;
                        }
                    } finally {
                        open.decrementAndGet();
                    }
                }
            } catch (IOException | InterruptedException e) {
                // The gateway has gone.
            }
        }

        private static boolean answer(Socket socket, InputStream in, Fault now, boolean stream)
                throws IOException, InterruptedException {
            OutputStream out = socket.getOutputStream();
            switch (now) {
                case NONE, MIXED -> {
                    Http.write(out, 200, stream ? "text/event-stream" : "application/json", stream ? events() : whole());
                    return true;
                }
                case REFUSE, RESET -> socket.setSoLinger(true, 0);
                case SILENT -> in.read();
                case STALL -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Type: text/ev".getBytes(StandardCharsets.US_ASCII));
                    in.read();
                }
                case TRUNCATE ->
                    out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"id\":"
                            .getBytes(StandardCharsets.US_ASCII));
                case SHORT ->
                    out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n" + whole())
                            .getBytes(StandardCharsets.US_ASCII));
                case GARBAGE -> out.write("\u0000\u0001 what is this?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                case ERROR_200 -> {
                    String error = "{\"error\":{\"message\":\"it broke\",\"type\":\"server_error\",\"code\":null}}";
                    Http.write(out, 200, stream ? "text/event-stream" : "application/json",
                            stream ? "data: " + error + "\n\n" : error);
                    return true;
                }
                case EMPTY -> {
                    Http.write(out, 200, "application/json", "");
                    return true;
                }
                case BROKEN -> {
                    Http.write(out, 500, "text/html", "<html>Internal Server Error</html>");
                    return true;
                }
                case OVERLOADED -> {
                    Http.write(out, 503, "application/json", "{\"error\":{\"message\":\"busy\"}}");
                    return true;
                }
                case LIMITED -> {
                    Http.write(out, 429, "application/json\r\nretry-after: 1", "{\"error\":{\"message\":\"slow down\"}}");
                    return true;
                }
            }
            return false;
        }

        private static String whole() {
            return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"" + ANSWER + "\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}";
        }

        private static String events() {
            String head = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",";
            String end = "}]}\n\n";
            return head + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}" + end
                    + head + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"All is\"}" + end
                    + head + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" well.\"}" + end
                    + head + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"" + end
                    + head + "\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}\n\n"
                    + "data: [DONE]\n\n";
        }
    }

    /** As much of HTTP as both sides need. */
    private static final class Http {
        static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("closed");
                }
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        }

        static Map<String, String> headers(InputStream in) throws IOException {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip());
            }
            return headers;
        }

        static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
            if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
                return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
                body.write(in.readNBytes(length));
                line(in);
            }
            line(in);
            return body.toByteArray();
        }

        static void write(OutputStream out, int status, String type, String body) throws IOException {
            out.write(("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
