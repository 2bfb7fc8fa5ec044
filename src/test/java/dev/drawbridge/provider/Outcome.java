package dev.drawbridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a client that reads the first choice of an answer, whole or chunk by chunk, is told. */
public record Outcome(String text, String reasoning, List<Call> calls, String finish, Optional<Usage> usage) {
    private static final Usage USUAL = new Usage(9, 0, 7, 0, Usage.Origin.REPORTED);

    /** A call of a tool; the arguments are JSON in a text. */
    public record Call(String id, String name, String arguments) {}

    public static Outcome saying(String text) {
        return new Outcome(text, "", List.of(), "stop", Optional.of(USUAL));
    }

    public static Outcome calling(Call... calls) {
        return new Outcome("", "", List.of(calls), "tool_calls", Optional.of(USUAL));
    }

    Outcome after(String thoughts) {
        return new Outcome(text, thoughts, calls, finish, usage);
    }

    Outcome endingWith(String reason) {
        return new Outcome(text, reasoning, calls, reason, usage);
    }

    Outcome withoutUsage() {
        return new Outcome(text, reasoning, calls, finish, Optional.empty());
    }

    /** What a whole reply says. */
    public static Outcome of(JsonNode reply) {
        JsonNode choice = reply.path("choices").path(0);
        JsonNode message = choice.path("message");
        List<Call> calls = new ArrayList<>();
        message.path("tool_calls").forEach(call -> calls.add(call(call)));
        return new Outcome(
                Json.text(message, "content"),
                Json.text(message, "reasoning_content"),
                calls,
                Json.text(choice, "finish_reason"),
                Usage.reported(reply.path("usage")));
    }

    /** What all chunks say together, read as the SDKs read them: texts are joined, other values are taken as they come. */
    public static Outcome of(List<JsonNode> chunks) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        StringBuilder finish = new StringBuilder();
        Map<Integer, Call> calls = new TreeMap<>();
        for (JsonNode chunk : chunks) {
            JsonNode choice = chunk.path("choices").path(0);
            JsonNode delta = choice.path("delta");
            text.append(Json.text(delta, "content"));
            reasoning.append(Json.text(delta, "reasoning_content"));
            finish.append(Json.text(choice, "finish_reason"));
            delta.path("tool_calls")
                    .forEach(part -> calls.merge(part.path("index").asInt(), call(part), Outcome::joined));
        }
        return new Outcome(
                text.toString(),
                reasoning.toString(),
                List.copyOf(calls.values()),
                finish.toString(),
                Usage.reported(chunks.getLast().path("usage")));
    }

    private static Call call(JsonNode call) {
        JsonNode function = call.path("function");
        return new Call(Json.text(call, "id"), Json.text(function, "name"), Json.text(function, "arguments"));
    }

    private static Call joined(Call one, Call more) {
        return new Call(one.id() + more.id(), one.name() + more.name(), one.arguments() + more.arguments());
    }
}
