package dev.drawbridge.transport;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * A request that an upstream is answering. Whoever reads it blocks; closing it, from whichever thread, ends the call:
 * a connection whose answer was read to its end goes back to the pool, any other is cut.
 */
public final class UpstreamExchange implements AutoCloseable {
    /** More is no error text, and no answer of a model either. */
    private static final int MAX_WHOLE = 256 * 1024 * 1024;

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final Leash leash;
    private final InputStream body;

    UpstreamExchange(HttpUriRequestBase request, ClassicHttpResponse response, Leash leash) throws IOException {
        this.request = request;
        this.response = response;
        this.leash = leash;
        this.body = new WatchedStream(
                response.getEntity() == null
                        ? InputStream.nullInputStream()
                        : response.getEntity().getContent(),
                leash.deadline());
    }

    public int status() {
        return response.getCode();
    }

    public Optional<String> header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.getValue());
    }

    public InputStream body() {
        return body;
    }

    /** The whole body. */
    public byte[] bytes() throws IOException {
        long announced = response.getEntity() == null ? 0 : response.getEntity().getContentLength();
        if (announced >= 0 && announced <= MAX_WHOLE) {
            return exactly((int) announced);
        }
        byte[] bytes = body.readNBytes(MAX_WHOLE + 1);
        if (bytes.length > MAX_WHOLE) {
            throw new IOException("the answer is longer than " + MAX_WHOLE + " bytes");
        }
        return bytes;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        if (body.readNBytes(bytes, 0, length) < length) {
            throw new EOFException("the answer is shorter than announced");
        }
        // The end itself has to be seen for the connection to be used again.
        body.transferTo(OutputStream.nullOutputStream());
        return bytes;
    }

    /** Tells the clock that the answer has begun. */
    public void firstToken() {
        leash.deadline().firstToken();
    }

    /**
     * Reads the little that may follow the last event, so that the connection can serve the next call. Waits no longer
     * than it would take to open a new one.
     */
    public void drain() {
        leash.deadline().finishing();
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Then it is closed instead of kept.
        }
    }

    /** What a failed read means: a missed deadline, the end of the call, or a broken connection. */
    public GatewayException failure(IOException cause) {
        return leash.failure(cause)
                .orElseGet(() ->
                        new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream broke off its answer", cause));
    }

    @Override
    public void close() {
        leash.close();
        // Cancelling first keeps close() from reading an unfinished answer to its end; after a finished one it is a
        // no-op.
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            // The connection is gone, which is what closing is for.
        }
    }
}
