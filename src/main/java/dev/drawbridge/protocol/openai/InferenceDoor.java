package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.gateway.Answer;
import dev.drawbridge.gateway.Call;
import dev.drawbridge.gateway.Gateway;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.rest.AnswerHeaders;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.JsonBody;
import dev.drawbridge.wire.JsonCodec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** Read, check, ask, answer whole or as a stream. */
@Singleton
public class InferenceDoor {
    private static final String JSON = "application/json";
    private static final String SSE = "text/event-stream; charset=utf-8";

    private final LiveConfig config;
    private final Gateway gateway;

    @Inject
    public InferenceDoor(LiveConfig config, Gateway gateway) {
        this.config = config;
        this.gateway = gateway;
    }

    void serve(
            Arrival arrival,
            InputStream body,
            HttpServletResponse response,
            Function<ObjectNode, ? extends ModelRequest> check)
            throws IOException {
        ObjectNode document =
                JsonBody.read(body, arrival, config.current().server().maxBody());
        ModelRequest request = check.apply(document);
        Call call = new Call(arrival.id(), arrival.caller(), request, arrival.startedNanos(), arrival.scope());
        if (request.stream() && !(request instanceof EmbeddingRequest)) {
            streamed(call, response);
        } else {
            whole(call, response);
        }
    }

    private void whole(Call call, HttpServletResponse response) throws IOException {
        Answer<ModelReply> answer = gateway.answer(call);
        byte[] bytes = JsonCodec.write(ReplyForm.of(answer.content(), call.request()));
        head(answer, response);
        response.setContentType(JSON);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private void streamed(Call call, HttpServletResponse response) throws IOException {
        Answer<ModelStream> answer = gateway.stream(call);
        // Whatever happens to the answer, the upstream call ends here.
        try (ModelStream stream = answer.content()) {
            head(answer, response);
            response.setContentType(SSE);
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("x-accel-buffering", "no");
            new EventStream(stream, call.request()).write(response.getOutputStream());
        }
    }

    private static void head(Answer<?> answer, HttpServletResponse response) {
        AnswerHeaders.set(response, answer.target().upstream().name(), answer.attempts(), answer.adapted());
    }
}
