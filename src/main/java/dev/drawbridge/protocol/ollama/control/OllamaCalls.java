package dev.drawbridge.protocol.ollama.control;

import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.ControlClients;
import dev.drawbridge.provider.Upstream;
import jakarta.inject.Singleton;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Ollama servers, made again when the connection fails. Administrators tune each with the properties of
 * MicroProfile Fault Tolerance, such as {@code dev.drawbridge.protocol.ollama.control.OllamaCalls/pull/Timeout/value}.
 * <p>Fault Tolerance keeps one breaker for a method, whichever server is asked: it opens only when nearly all calls of
 * all servers fail. What a server refuses is its answer, and neither tried again nor a failure.
 * <p>Call it on virtual threads: a timeout interrupts the thread, which ends a read only there.
 */
@Singleton
@CircuitBreaker(
        requestVolumeThreshold = 20,
        failureRatio = 0.9,
        delay = 5000,
        failOn = {ProcessingException.class, org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException.class},
        skipOn = GatewayException.class)
public class OllamaCalls {
    private static final Duration UPLOAD_SILENCE = Duration.ofMinutes(5);

    /** Only for where there is no Fault Tolerance, or a longer timeout is configured than anybody waits. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** See {@link OllamaAdministration#tags}. */
    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = ProcessingException.class)
    @Timeout(5_000)
    public @Nullable JsonValue tags(Upstream upstream) {
        try (OllamaAdministration ollama = client(upstream)) {
            return ollama.tags();
        }
    }

    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = ProcessingException.class)
    @Timeout(5_000)
    public byte[] ps(Upstream upstream) {
        try (OllamaAdministration ollama = client(upstream)) {
            return ollama.ps();
        }
    }

    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = ProcessingException.class)
    @Timeout(10_000)
    public byte[] show(Upstream upstream, byte[] model) {
        try (OllamaAdministration ollama = client(upstream)) {
            return ollama.show(model);
        }
    }

    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = ProcessingException.class)
    @Timeout(30_000)
    public void copy(Upstream upstream, byte[] sourceAndDestination) {
        try (OllamaAdministration ollama = client(upstream)) {
            ollama.copy(sourceAndDestination).close();
        }
    }

    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = ProcessingException.class)
    @Timeout(30_000)
    public void delete(Upstream upstream, byte[] model) {
        try (OllamaAdministration ollama = client(upstream)) {
            ollama.delete(model).close();
        }
    }

    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = ProcessingException.class)
    @Timeout(10_000)
    public void findBlob(Upstream upstream, String digest) {
        try (OllamaAdministration ollama = client(upstream)) {
            ollama.findBlob(digest).close();
        }
    }

    /** Neither tried again, for the content is gone, nor limited in time but by silence. */
    public int addBlob(Upstream upstream, String digest, InputStream content) {
        try (OllamaAdministration ollama = client(upstream, UPLOAD_SILENCE)) {
            try (Response answer = ollama.addBlob(digest, content)) {
                return answer.getStatus();
            }
        }
    }

    /**
     * Progress of a download. The limit is on its beginning; reading on is limited by silence alone.
     *
     * @param silence longest wait between two lines
     */
    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = ProcessingException.class)
    @Timeout(60_000)
    public OpenAnswer pull(Upstream upstream, byte[] model, Duration silence) {
        return OpenAnswer.of(client(upstream, silence), ollama -> ollama.pull(model));
    }

    /** Not tried again: part of it may have been done. */
    @Timeout(60_000)
    public OpenAnswer push(Upstream upstream, byte[] model, Duration silence) {
        return OpenAnswer.of(client(upstream, silence), ollama -> ollama.push(model));
    }

    @Timeout(60_000)
    public OpenAnswer create(Upstream upstream, byte[] model, Duration silence) {
        return OpenAnswer.of(client(upstream, silence), ollama -> ollama.create(model));
    }

    private static OllamaAdministration client(Upstream upstream) {
        return client(upstream, SILENCE);
    }

    private static OllamaAdministration client(Upstream upstream, Duration silence) {
        return ControlClients.create(OllamaAdministration.class, upstream, upstream.uri("", ""), silence);
    }
}
