package dev.drawbridge.fakes;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How a {@link FakeUpstream} answers: well, badly or not at all. */
public final class Answer {
    private final Socket socket;
    private final OutputStream out;
    private boolean alive = true;

    Answer(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    boolean keepsAlive() {
        return alive;
    }

    /** A whole answer. */
    public void whole(int status, String contentType, String body) throws IOException {
        whole(status, Map.of("Content-Type", contentType), body);
    }

    public void whole(int status, Map<String, String> headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head(status, headers, "Content-Length: " + bytes.length);
        out.write(bytes);
        out.flush();
    }

    /** The head of a chunked answer; {@link #chunk} and {@link #end} follow. */
    public Answer start(int status, String contentType) throws IOException {
        head(status, Map.of("Content-Type", contentType), "Transfer-Encoding: chunked");
        out.flush();
        return this;
    }

    /** Bytes of a chunked answer, at once on the wire. */
    public Answer chunk(String text) throws IOException {
        return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As above, for bytes that need not be whole characters. */
    public Answer chunk(byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return this;
    }

    /** Each of the documents as one server-sent event. */
    public Answer events(String... documents) throws IOException {
        for (String document : documents) {
            chunk("data: " + document + "\n\n");
        }
        return this;
    }

    /** The regular end of a chunked answer. */
    public void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Bytes as they are: an answer that is no HTTP, or the wrong HTTP. */
    public void raw(String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Says nothing more, until the caller has closed its connection. */
    public void awaitCallersEnd() throws IOException {
        alive = false;
        // Whatever the caller sends meanwhile would be a mistake, and is thrown away.
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Closes the connection where it is. */
    public void cut() throws IOException {
        alive = false;
        socket.close();
    }

    /** Resets the connection, as a crashed process does. */
    public void reset() throws IOException {
        alive = false;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void head(int status, Map<String, String> headers, String framing) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Fake\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(framing).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
