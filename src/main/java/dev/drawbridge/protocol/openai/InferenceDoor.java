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
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.JsonBody;
import dev.drawbridge.rest.VirtualThreads;
import dev.drawbridge.wire.JsonCodec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.function.Function;

/** What the three inference resources have in common: read, check, ask, answer whole or as a stream. */
@Singleton
public class InferenceDoor {
    private static final String JSON = "application/json";
    private static final String SSE = "text/event-stream; charset=utf-8";

    private final LiveConfig config;
    private final VirtualThreads threads;
    private final Gateway gateway;

    @Inject
    public InferenceDoor(LiveConfig config, VirtualThreads threads, Gateway gateway) {
        this.config = config;
        this.threads = threads;
        this.gateway = gateway;
    }

    void serve(
            Arrival arrival,
            InputStream body,
            AsyncResponse response,
            Function<ObjectNode, ? extends ModelRequest> check) {
        threads.run(response, () -> {
            ObjectNode document =
                    JsonBody.read(body, arrival, config.current().server().maxBody());
            ModelRequest request = check.apply(document);
            Call call = new Call(arrival.id(), arrival.caller(), request, arrival.startedNanos());
            if (request.stream() && !(request instanceof EmbeddingRequest)) {
                streamed(call, response);
            } else {
                whole(call, response);
            }
        });
    }

    private void whole(Call call, AsyncResponse response) {
        Answer<ModelReply> answer = gateway.answer(call);
        byte[] bytes = JsonCodec.write(ReplyForm.of(answer.content(), call.request()));
        response.resume(head(answer)
                .entity(bytes)
                .type(JSON)
                .header(HttpHeaders.CONTENT_LENGTH, bytes.length)
                .build());
    }

    private void streamed(Call call, AsyncResponse response) {
        Answer<ModelStream> answer = gateway.stream(call);
        // Resuming writes the whole answer on this thread; whatever happens to it, the upstream call ends here.
        try (ModelStream stream = answer.content()) {
            StreamingOutput output = new EventStream(stream, call.request());
            response.resume(head(answer)
                    .entity(output)
                    .type(SSE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .header("x-accel-buffering", "no")
                    .build());
        }
    }

    private static Response.ResponseBuilder head(Answer<?> answer) {
        Response.ResponseBuilder head = Response.ok()
                .header("x-drawbridge-upstream", answer.target().upstream().name())
                .header("x-drawbridge-attempts", answer.attempts());
        return answer.adapted().isEmpty()
                ? head
                : head.header("x-drawbridge-adapted", printable(String.join(", ", answer.adapted())));
    }

    /** Names of fields come from the client: nothing of them may end a header or start another. */
    private static String printable(String header) {
        return header.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
