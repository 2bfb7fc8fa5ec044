package dev.drawbridge.protocol.ollama.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.Progress;
import dev.drawbridge.routing.Models;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Administration of Ollama servers, whose failures are the gateway's. Blocking: call it on virtual threads. */
@Singleton
public class OllamaControl {
    private final OllamaCalls calls;
    private final LiveConfig config;
    private final Models models;

    @Inject
    public OllamaControl(OllamaCalls calls, LiveConfig config, Models models) {
        this.calls = calls;
        this.config = config;
        this.models = models;
    }

    @Nullable
    JsonValue tags(Upstream upstream) {
        return nullable(() -> calls.tags(upstream));
    }

    /** The models in memory, {@code {"models":[…]}}. */
    public JsonNode ps(Upstream upstream) {
        return parse(answered(() -> calls.ps(upstream)));
    }

    public ObjectNode show(Upstream upstream, ObjectNode model) {
        if (parse(answered(() -> calls.show(upstream, JsonCodec.write(model)))) instanceof ObjectNode shown) {
            return shown;
        }
        throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer is no JSON object");
    }

    public void copy(Upstream upstream, ObjectNode sourceAndDestination) {
        nullable(() -> {
            calls.copy(upstream, JsonCodec.write(sourceAndDestination));
            return null;
        });
        models.refresh();
    }

    public void delete(Upstream upstream, ObjectNode model) {
        nullable(() -> {
            calls.delete(upstream, JsonCodec.write(model));
            return null;
        });
        models.refresh();
    }

    /** @throws GatewayException {@code UPSTREAM_MODEL_NOT_FOUND} when it is not there */
    public void findBlob(Upstream upstream, String digest) {
        nullable(() -> {
            calls.findBlob(upstream, digest);
            return null;
        });
    }

    /** @return the status: 201, or 200 when it was there already */
    public int addBlob(Upstream upstream, String digest, InputStream content) {
        return answered(() -> calls.addBlob(upstream, digest, content));
    }

    Progress pull(Upstream upstream, ObjectNode model) {
        return new Announced(
                new ProgressLines(answered(() -> calls.pull(upstream, streamed(model), silence()))), models);
    }

    public Progress push(Upstream upstream, ObjectNode model) {
        return new ProgressLines(answered(() -> calls.push(upstream, streamed(model), silence())));
    }

    public Progress create(Upstream upstream, ObjectNode model) {
        return new Announced(
                new ProgressLines(answered(() -> calls.create(upstream, streamed(model), silence()))), models);
    }

    /** Only progress shows that the server is still at work, so it is always asked for. */
    private static byte[] streamed(ObjectNode body) {
        return JsonCodec.write(Json.copy(body).put("stream", true));
    }

    private Duration silence() {
        return config.current().management().downloadIdle();
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JsonCodec.parse(body);
        } catch (MalformedJsonException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer " + e.getMessage(), e);
        }
    }

    private static <T> T answered(Supplier<T> call) {
        T answer = nullable(call);
        if (answer == null) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer is empty");
        }
        return answer;
    }

    private static <T> @Nullable T nullable(Supplier<? extends @Nullable T> call) {
        try {
            return call.get();
        } catch (TimeoutException e) {
            throw new GatewayException(ErrorKind.TIMEOUT, "the upstream did not answer in time", e);
        } catch (CircuitBreakerOpenException e) {
            throw new GatewayException(
                    ErrorKind.OVERLOADED, "the upstream has failed too often; it is asked again in a few seconds", e);
        } catch (FaultToleranceException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream cannot be asked", e);
        } catch (ProcessingException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream cannot be reached", e);
        } catch (JsonException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer is no JSON", e);
        }
    }
}
