package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.ModelServlet;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations that ask a model; everything else under {@code /v1} is JAX-RS. */
@WebServlet(
        urlPatterns = {InferenceServlet.CHAT, InferenceServlet.COMPLETIONS, InferenceServlet.EMBEDDINGS},
        asyncSupported = true)
public class InferenceServlet extends ModelServlet {
    static final String CHAT = "/v1/chat/completions";
    static final String COMPLETIONS = "/v1/completions";
    static final String EMBEDDINGS = "/v1/embeddings";

    private static final long serialVersionUID = 1L;
    private static final Map<String, Function<ObjectNode, ? extends ModelRequest>> CHECKS = Map.of(
            CHAT, RequestChecks::chat,
            COMPLETIONS, RequestChecks::completion,
            EMBEDDINGS, RequestChecks::embedding);

    @Inject
    transient @Nullable InferenceDoor door;

    @Override
    protected void answer(Arrival arrival, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Objects.requireNonNull(door)
                .serve(
                        arrival,
                        request.getInputStream(),
                        response,
                        Objects.requireNonNull(CHECKS.get(request.getServletPath())));
    }

    @Override
    protected void fail(Throwable thrown, HttpServletResponse response) {
        OpenAiErrors.write(thrown, response);
    }
}
