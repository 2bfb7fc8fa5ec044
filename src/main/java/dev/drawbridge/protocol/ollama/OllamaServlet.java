package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.protocol.ollama.question.AskedModel;
import dev.drawbridge.protocol.ollama.question.ChatQuestion;
import dev.drawbridge.protocol.ollama.question.EmbedQuestion;
import dev.drawbridge.protocol.ollama.question.GenerateQuestion;
import dev.drawbridge.protocol.ollama.question.Question;
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
import java.util.function.BiFunction;
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
    private static final Map<String, BiFunction<ObjectNode, AskedModel, Question>> READERS = Map.of(
            CHAT, ChatQuestion::read,
            GENERATE, GenerateQuestion::read,
            EMBED, EmbedQuestion::read,
            EMBEDDINGS, EmbedQuestion::readOlder);

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
                        Objects.requireNonNull(READERS.get(request.getServletPath())));
    }

    @Override
    protected void fail(Throwable thrown, HttpServletResponse response) {
        OllamaErrors.write(thrown, response);
    }
}
