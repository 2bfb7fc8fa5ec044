package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.protocol.ollama.question.AskedModel;
import dev.drawbridge.protocol.ollama.question.ChatQuestion;
import dev.drawbridge.protocol.ollama.question.EmbedQuestion;
import dev.drawbridge.protocol.ollama.question.GenerateQuestion;
import dev.drawbridge.protocol.ollama.question.Question;
import dev.drawbridge.protocol.ollama.wire.OllamaBody;
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
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The operations that ask a model. A servlet, since JAX-RS takes more time for a call than all the rest of the gateway;
 * everything else under {@code /api} is JAX-RS (docs/adr/0008).
 */
@WebServlet(
        urlPatterns = {OllamaServlet.CHAT, OllamaServlet.GENERATE, OllamaServlet.EMBED, OllamaServlet.EMBEDDINGS},
        asyncSupported = true)
public class OllamaServlet extends HttpServlet {
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
    transient @Nullable VirtualThreads threads;

    @Inject
    transient @Nullable Doorkeeper doorkeeper;

    @Inject
    transient @Nullable LiveConfig config;

    @Inject
    transient @Nullable OllamaDoor door;

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
            Arrival arrival = OllamaBody.arrival(
                    request, Objects.requireNonNull(doorkeeper).admit(request));
            long limit = Objects.requireNonNull(config).current().server().maxBody();
            ObjectNode document = OllamaBody.read(request.getInputStream(), arrival, limit);
            Objects.requireNonNull(door)
                    .serve(arrival, document, response, Objects.requireNonNull(READERS.get(request.getServletPath())));
        } catch (RuntimeException | IOException e) {
            OllamaErrors.write(e, response);
        }
    }
}
