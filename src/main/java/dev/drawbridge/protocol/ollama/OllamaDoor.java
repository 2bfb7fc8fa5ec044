package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.gateway.Answer;
import dev.drawbridge.gateway.Call;
import dev.drawbridge.gateway.Gateway;
import dev.drawbridge.gateway.account.VisibleModels;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.protocol.ollama.answer.AnswerLines;
import dev.drawbridge.protocol.ollama.answer.Timing;
import dev.drawbridge.protocol.ollama.question.AskedModel;
import dev.drawbridge.protocol.ollama.question.Question;
import dev.drawbridge.protocol.ollama.wire.OllamaBody;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import dev.drawbridge.rest.AnswerHeaders;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.BodyMemory;
import dev.drawbridge.routing.Steering;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Understand, ask, answer whole or line by line. */
@Singleton
public class OllamaDoor {
    private static final String NDJSON = "application/x-ndjson";

    private final BodyMemory memory;
    private final VisibleModels models;
    private final Gateway gateway;

    @Inject
    public OllamaDoor(BodyMemory memory, VisibleModels models, Gateway gateway) {
        this.memory = memory;
        this.models = models;
        this.gateway = gateway;
    }

    /**
     * How the requests of one operation are understood.
     *
     * @param bare for those that cannot be, as there is no such model
     */
    record Reading(Function<ObjectNode, ModelRequest> bare, BiFunction<ObjectNode, AskedModel, Question> question) {}

    void serve(Arrival arrival, InputStream body, HttpServletResponse response, Reading reading) throws IOException {
        // The body is held until the answer has ended: another target may have to be asked.
        try (BodyMemory.Share share = memory.share()) {
            ObjectNode document = OllamaBody.read(body, arrival, share);
            switch (reading.question().apply(document, model(document, arrival, reading))) {
                case Question.Answered answered -> OllamaJson.write(answered.answer(), response);
                case Question.Whole whole -> whole(whole, arrival, response);
                case Question.Streamed streamed -> stream(streamed, arrival, response);
            }
        }
    }

    private AskedModel model(ObjectNode document, Arrival arrival, Reading reading) {
        try {
            return AskedModel.of(document, models.to(arrival.caller()));
        } catch (GatewayException e) {
            if (e.kind() == ErrorKind.MODEL_NOT_FOUND) {
                gateway.refuse(call(reading.bare().apply(document), arrival), e);
            }
            throw e;
        }
    }

    private void whole(Question.Whole question, Arrival arrival, HttpServletResponse response) throws IOException {
        Timing timing = Timing.since(arrival.startedNanos());
        Answer<ModelReply> answer = gateway.answer(call(question.request(), arrival));
        ObjectNode document =
                question.form().whole(answer.content(), question.request().model(), timing);
        AnswerHeaders.add(response, answer.told(question.request().model()));
        OllamaJson.write(document, response);
    }

    private void stream(Question.Streamed question, Arrival arrival, HttpServletResponse response) throws IOException {
        Timing timing = Timing.since(arrival.startedNanos());
        Answer<ModelStream> answer = gateway.stream(call(question.request(), arrival));
        // Whatever happens to the answer, the upstream call ends here.
        try (ModelStream stream = answer.content()) {
            AnswerHeaders.add(response, answer.told(question.request().model()));
            AnswerHeaders.stream(response, NDJSON);
            AnswerLines lines =
                    new AnswerLines(question.form(), question.request().model(), timing);
            new LineStream(stream, lines, arrival.scope()).write(response.getOutputStream());
        }
    }

    private static Call call(ModelRequest request, Arrival arrival) {
        Steering steering = Steering.of(arrival.caller().name(), arrival.headers());
        return new Call(arrival.id(), arrival.caller(), request, arrival.startedNanos(), arrival.scope(), steering);
    }
}
