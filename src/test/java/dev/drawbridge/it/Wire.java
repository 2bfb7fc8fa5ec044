package dev.drawbridge.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection to the gateway, to send what no client library would and to see when which byte comes back. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    Wire() throws IOException {
        this(RunningServer.url().getPort());
    }

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The start of an answer. Header names are in lower case. */
    record Head(int status, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    Wire send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** As {@link #post}, with an id that the log will show. */
    Wire post(String path, String id, String json) throws IOException {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "x-request-id: " + id + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .send(body);
    }

    /** Sends a whole POST of JSON; single quotes stand for double ones. */
    Wire post(String path, String json) throws IOException {
        return post(path, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    Wire post(String path, byte[] body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .send(body);
    }

    Head head() throws IOException {
        int status = Integer.parseInt(line().split(" ", -1)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(line.indexOf(':') + 1).strip(), (one, two) -> one + ", " + two);
        }
        return new Head(status, headers);
    }

    /** The next chunk of a chunked answer, as soon as it is there; empty at its end. */
    String chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        String chunk = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        line();
        return chunk;
    }

    /** The rest of a chunked answer. */
    String chunks() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            all.append(chunk);
        }
        return all.toString();
    }

    /** The body of an answer with a length or in chunks. */
    String body(Head head) throws IOException {
        return head.headers().containsKey("content-length")
                ? new String(in.readNBytes(Integer.parseInt(head.header("content-length"))), StandardCharsets.UTF_8)
                : chunks();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after \"" + line.toString(StandardCharsets.ISO_8859_1) + "\"");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Ends the connection with RST, as a crashed machine or an impatient proxy does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
