package dev.drawbridge.fakes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A vendor that we cannot call, on a real socket: it answers each path as a test has said, byte by byte, and remembers
 * what it was asked. It speaks HTTP/1.1 with keep-alive, so that everything that can happen on a connection can.
 */
public final class FakeUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    /** What a test wants to happen when a path is called. */
    @FunctionalInterface
    public interface Script {
        void play(Call call, Answer answer) throws IOException, InterruptedException;
    }

    /** A request as it arrived. Header names are in lower case. */
    public record Call(String method, String path, Map<String, String> headers, String body) {}

    public FakeUpstream() {
        try {
            server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Answers the path, query excluded, with the script from now on. */
    public FakeUpstream on(String path, Script script) {
        scripts.put(path, script);
        return this;
    }

    /** Answers the path with a JSON document. */
    public FakeUpstream on(String path, int status, String json) {
        return on(path, (call, answer) -> answer.whole(status, "application/json", json));
    }

    public List<Call> calls() {
        return calls;
    }

    /** The last request to have arrived. */
    public Call lastCall() {
        return calls.getLast();
    }

    /** Requests being answered now. */
    public int open() {
        return open.get();
    }

    public void forget() {
        scripts.clear();
        calls.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean alive = true;
            while (alive) {
                Call call = read(in);
                calls.add(call);
                String path = call.path().replaceFirst("\\?.*", "");
                Script script =
                        scripts.getOrDefault(path, (c, a) -> a.whole(404, "text/plain", "no script for " + path));
                Answer answer = new Answer(socket);
                open.incrementAndGet();
                try {
                    script.play(call, answer);
                } finally {
                    open.decrementAndGet();
                }
                alive = answer.keepsAlive();
            }
        } catch (EOFException | SocketException e) {
            // The caller has gone.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    private static Call read(InputStream in) throws IOException {
        String[] start = line(in).split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Call(start[0], start[1], headers, new String(body(in, headers), StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = Integer.parseInt(line(in), 16);
        while (length > 0) {
            body.write(in.readNBytes(length));
            line(in);
            length = Integer.parseInt(line(in), 16);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
