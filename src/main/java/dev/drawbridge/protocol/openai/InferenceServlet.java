package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.Doorkeeper;
import dev.drawbridge.rest.VirtualThreads;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations that ask a model. A servlet, since JAX-RS takes more time for a call than all the rest of the gateway;
 * everything else under {@code /v1} is JAX-RS (docs/adr/0008).
 */
@WebServlet(
        urlPatterns = {InferenceServlet.CHAT, InferenceServlet.COMPLETIONS, InferenceServlet.EMBEDDINGS},
        asyncSupported = true)
public class InferenceServlet extends HttpServlet {
    static final String CHAT = "/v1/chat/completions";
    static final String COMPLETIONS = "/v1/completions";
    static final String EMBEDDINGS = "/v1/embeddings";

    private static final long serialVersionUID = 1L;
    private static final Map<String, Function<ObjectNode, ? extends ModelRequest>> CHECKS = Map.of(
            CHAT, RequestChecks::chat,
            COMPLETIONS, RequestChecks::completion,
            EMBEDDINGS, RequestChecks::embedding);

    @Inject
    transient @Nullable VirtualThreads threads;

    @Inject
    transient @Nullable Doorkeeper doorkeeper;

    @Inject
    transient @Nullable InferenceDoor door;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        Objects.requireNonNull(threads).takeOver(request, () -> answer(request, response));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) {
        try {
            if (!request.getMethod().equals("POST")) {
                response.setHeader("Allow", "POST");
                throw new GatewayException(
                        ErrorKind.METHOD_NOT_ALLOWED, "This URL does not take this method; see /openapi");
            }
            Arrival arrival =
                    Arrival.of(request, Objects.requireNonNull(doorkeeper).admit(request));
            Objects.requireNonNull(door)
                    .serve(
                            arrival,
                            request.getInputStream(),
                            response,
                            Objects.requireNonNull(CHECKS.get(request.getServletPath())));
        } catch (RuntimeException | IOException e) {
            OpenAiErrors.write(e, response);
        }
    }
}
