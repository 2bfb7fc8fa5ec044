package dev.drawbridge.protocol.ollama;

import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.protocol.ollama.OllamaDoor.Reading;
import dev.drawbridge.protocol.ollama.question.ChatQuestion;
import dev.drawbridge.protocol.ollama.question.EmbedQuestion;
import dev.drawbridge.protocol.ollama.question.GenerateQuestion;
import dev.drawbridge.protocol.ollama.wire.OllamaBody;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.ModelServlet;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations that ask a model; everything else under {@code /api} is JAX-RS. */
@WebServlet(
        urlPatterns = {OllamaServlet.CHAT, OllamaServlet.GENERATE, OllamaServlet.EMBED, OllamaServlet.EMBEDDINGS},
        asyncSupported = true)
public class OllamaServlet extends ModelServlet {
    static final String CHAT = "/api/chat";
    static final String GENERATE = "/api/generate";
    static final String EMBED = "/api/embed";
    static final String EMBEDDINGS = "/api/embeddings";

    private static final long serialVersionUID = 1L;
    private static final Map<String, Reading> READINGS = Map.of(
            CHAT, new Reading(ChatRequest::new, ChatQuestion::read),
            GENERATE, new Reading(ChatRequest::new, GenerateQuestion::read),
            EMBED, new Reading(EmbeddingRequest::new, EmbedQuestion::read),
            EMBEDDINGS, new Reading(EmbeddingRequest::new, EmbedQuestion::readOlder));

    @Inject
    transient @Nullable OllamaDoor door;

    @Override
    protected void answer(Arrival arrival, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Objects.requireNonNull(door)
                .serve(
                        OllamaBody.typed(arrival, request),
                        request.getInputStream(),
                        response,
                        Objects.requireNonNull(READINGS.get(request.getServletPath())));
    }

    @Override
    protected void fail(Throwable thrown, HttpServletResponse response) {
        OllamaErrors.write(thrown, response);
    }
}
