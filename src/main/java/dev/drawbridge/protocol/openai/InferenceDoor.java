package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.gateway.Answer;
import dev.drawbridge.gateway.Call;
import dev.drawbridge.gateway.Gateway;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.rest.AnswerHeaders;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.BodyMemory;
import dev.drawbridge.rest.JsonBody;
import dev.drawbridge.rest.presence.KeepAlives;
import dev.drawbridge.routing.Steering;
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

    private final BodyMemory memory;
    private final Gateway gateway;
    private final KeepAlives keepAlives;

    @Inject
    public InferenceDoor(BodyMemory memory, Gateway gateway, KeepAlives keepAlives) {
        this.memory = memory;
        this.gateway = gateway;
        this.keepAlives = keepAlives;
    }

    void serve(
            Arrival arrival,
            InputStream body,
            HttpServletResponse response,
            Function<ObjectNode, ? extends ModelRequest> check)
            throws IOException {
        // The body is held until the answer has ended: another target may have to be asked.
        try (BodyMemory.Share share = memory.share()) {
            ModelRequest request = check.apply(JsonBody.read(body, arrival, share));
            Steering steering = Steering.of(arrival.caller().name(), arrival.headers());
            Call call = new Call(
                    arrival.id(), arrival.caller(), request, arrival.startedNanos(), arrival.scope(), steering);
            if (request.stream() && !(request instanceof EmbeddingRequest)) {
                streamed(call, response);
            } else {
                whole(call, response);
            }
        }
    }

    private void whole(Call call, HttpServletResponse response) throws IOException {
        Answer<ModelReply> answer = gateway.answer(call);
        byte[] bytes = JsonCodec.write(ReplyForm.of(answer.content(), call.request()));
        AnswerHeaders.add(response, answer.told(call.request().model()));
        response.setContentType(JSON);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private void streamed(Call call, HttpServletResponse response) throws IOException {
        Answer<ModelStream> answer = gateway.stream(call);
        // Whatever happens to the answer, the upstream call ends here.
        try (ModelStream stream = answer.content()) {
            AnswerHeaders.add(response, answer.told(call.request().model()));
            AnswerHeaders.stream(response, SSE);
            new EventStream(stream, call.request(), call.scope())
                    .write(keepAlives.open(response.getOutputStream(), call.scope()));
        }
    }
}
