package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.gateway.Answer;
import dev.drawbridge.gateway.Call;
import dev.drawbridge.gateway.Gateway;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.protocol.ollama.answer.AnswerLines;
import dev.drawbridge.protocol.ollama.answer.Timing;
import dev.drawbridge.protocol.ollama.question.AskedModel;
import dev.drawbridge.protocol.ollama.question.Question;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import dev.drawbridge.rest.AnswerHeaders;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.routing.Models;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiFunction;

/** Understand, ask, answer whole or line by line. */
@Singleton
public class OllamaDoor {
    private static final String NDJSON = "application/x-ndjson";

    private final Models models;
    private final Gateway gateway;

    @Inject
    public OllamaDoor(Models models, Gateway gateway) {
        this.models = models;
        this.gateway = gateway;
    }

    void serve(
            Arrival arrival,
            ObjectNode document,
            HttpServletResponse response,
            BiFunction<ObjectNode, AskedModel, Question> reader)
            throws IOException {
        switch (reader.apply(document, AskedModel.of(document, models.current()))) {
            case Question.Answered answered -> OllamaJson.write(answered.answer(), response);
            case Question.Whole whole -> whole(whole, arrival, response);
            case Question.Streamed streamed -> stream(streamed, arrival, response);
        }
    }

    private void whole(Question.Whole question, Arrival arrival, HttpServletResponse response) throws IOException {
        Timing timing = Timing.since(arrival.startedNanos());
        Answer<ModelReply> answer = gateway.answer(call(question.request(), arrival));
        ObjectNode document =
                question.form().whole(answer.content(), question.request().model(), timing);
        head(answer, response);
        OllamaJson.write(document, response);
    }

    private void stream(Question.Streamed question, Arrival arrival, HttpServletResponse response) throws IOException {
        Timing timing = Timing.since(arrival.startedNanos());
        Answer<ModelStream> answer = gateway.stream(call(question.request(), arrival));
        // Whatever happens to the answer, the upstream call ends here.
        try (ModelStream stream = answer.content()) {
            head(answer, response);
            response.setContentType(NDJSON);
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("x-accel-buffering", "no");
            AnswerLines lines =
                    new AnswerLines(question.form(), question.request().model(), timing);
            new LineStream(stream, lines).write(response.getOutputStream());
        }
    }

    private static Call call(ModelRequest request, Arrival arrival) {
        return new Call(arrival.id(), arrival.caller(), request, arrival.startedNanos(), arrival.scope());
    }

    private static void head(Answer<?> answer, HttpServletResponse response) {
        AnswerHeaders.set(response, answer.target().upstream().name(), answer.attempts(), answer.adapted());
    }
}
