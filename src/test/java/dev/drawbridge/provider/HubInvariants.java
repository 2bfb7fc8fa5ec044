package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.FinishReason;
import dev.drawbridge.inference.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether chunks are in the hub's form: what {@link dev.drawbridge.inference.ModelStream} promises to its readers. */
public final class HubInvariants {
    private static final Set<String> OBJECTS = Set.of("chat.completion.chunk", "text_completion");
    private static final Set<String> FINISHES =
            Arrays.stream(FinishReason.values()).map(FinishReason::wireName).collect(Collectors.toSet());

    private final List<String> broken = new ArrayList<>();
    private final Map<Integer, Choice> choices = new TreeMap<>();
    private final List<JsonNode> chunks;

    private static final class Choice {
        private boolean finished;
        private int calls;
    }

    private HubInvariants(List<JsonNode> chunks) {
        this.chunks = chunks;
    }

    /** The chunks of a stream that has come to its regular end. */
    public static List<JsonNode> hold(List<JsonNode> chunks) {
        assertThat(broken(chunks)).as("of %s", chunks).isEmpty();
        return chunks;
    }

    /** The chunks of a stream that has failed: nothing of them says that the answer is complete. */
    public static List<JsonNode> holdSoFar(List<JsonNode> chunks) {
        HubInvariants invariants = new HubInvariants(chunks);
        invariants.readAll();
        assertThat(invariants.broken).as("of %s", chunks).isEmpty();
        assertThat(invariants.choices.values()).noneMatch(choice -> choice.finished);
        return chunks;
    }

    /** A whole reply: the fields that strict SDKs want. */
    public static JsonNode holdWhole(JsonNode reply) {
        assertThat(Json.text(reply, "id")).as("id of %s", reply).isNotEmpty();
        assertThat(Json.text(reply, "object")).isEqualTo("chat.completion");
        assertThat(reply.path("created").asLong()).isPositive();
        assertThat(reply.has("error")).isFalse();
        assertThat(reply.path("choices")).isNotEmpty().allSatisfy(choice -> {
            assertThat(choice.path("index").isInt()).isTrue();
            assertThat(FINISHES).contains(Json.text(choice, "finish_reason"));
            assertThat(choice.has("logprobs")).isTrue();
            assertThat(Json.text(choice.path("message"), "role")).isEqualTo("assistant");
            assertThat(choice.path("message").has("content")).isTrue();
            assertThat(choice.path("message").has("refusal")).isTrue();
        });
        return reply;
    }

    /** Each promise that a whole stream does not keep, in words. */
    static List<String> broken(List<JsonNode> chunks) {
        HubInvariants invariants = new HubInvariants(chunks);
        invariants.readAll();
        invariants.end();
        return invariants.broken;
    }

    private void readAll() {
        for (int i = 0; i < chunks.size(); i++) {
            JsonNode chunk = chunks.get(i);
            head(chunk);
            if (chunk.path("choices").isEmpty()) {
                check(Json.present(chunk, "usage"), "a chunk has neither choices nor usage");
                check(i == chunks.size() - 1, "something follows the usage");
            } else {
                check(!Json.present(chunk, "usage"), "usage stands beside choices");
                chunk.path("choices").forEach(this::choice);
            }
        }
    }

    private void head(JsonNode chunk) {
        JsonNode first = chunks.getFirst();
        check(!Json.text(chunk, "id").isEmpty(), "no id");
        check(chunk.path("created").asLong() > 0, "no created");
        check(OBJECTS.contains(Json.text(chunk, "object")), "no object of the hub's");
        for (String field : List.of("id", "created", "object")) {
            check(chunk.path(field).equals(first.path(field)), "another " + field);
        }
        check(chunk.path("choices").isArray(), "choices is no list");
        check(!chunk.has("error"), "an error in a chunk");
    }

    private void choice(JsonNode sent) {
        check(sent.path("index").isInt(), "a choice without index");
        boolean first = !choices.containsKey(sent.path("index").asInt());
        Choice choice = choices.computeIfAbsent(sent.path("index").asInt(), index -> new Choice());
        check(!choice.finished, "something follows the finish reason");
        if (Json.text(chunks.getFirst(), "object").equals("text_completion")) {
            check(sent.path("text").isTextual(), "a choice without text");
        } else {
            JsonNode delta = sent.path("delta");
            check(delta.isObject(), "delta is no object");
            check(delta.has("role") == first, first ? "the first delta has no role" : "a role again");
            delta.path("tool_calls").forEach(call -> call(choice, call));
        }
        finish(choice, sent);
    }

    private void call(Choice choice, JsonNode call) {
        int index = call.path("index").asInt(-1);
        boolean first = index == choice.calls;
        check(index >= 0 && index <= choice.calls, "indexes of tool calls do not ascend from 0");
        if (first) {
            choice.calls++;
            check(!Json.text(call, "id").isEmpty(), "a tool call without id");
            check(Json.text(call, "type").equals("function"), "a tool call without type");
            check(!Json.text(call.path("function"), "name").isEmpty(), "a tool call without name");
        } else {
            boolean again =
                    call.has("id") || call.has("type") || call.path("function").has("name");
            check(!again, "id, type or name of a tool call again");
        }
        check(call.path("function").path("arguments").isTextual(), "arguments are no text");
    }

    private void finish(Choice choice, JsonNode sent) {
        JsonNode finish = sent.path("finish_reason");
        check(finish.isNull() || finish.isTextual(), "finish_reason is neither null nor text");
        if (finish.isTextual()) {
            choice.finished = true;
            check(FINISHES.contains(finish.textValue()), "a finish reason that OpenAI does not have");
            check(choice.calls == 0 || !finish.textValue().equals("stop"), "tool calls end with stop");
        }
    }

    private void end() {
        check(!choices.isEmpty(), "no choice at all");
        check(choices.values().stream().allMatch(choice -> choice.finished), "no finish reason");
    }

    private void check(boolean kept, String otherwise) {
        if (!kept) {
            broken.add(otherwise);
        }
    }
}
