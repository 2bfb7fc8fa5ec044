package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.FinishReason;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.wire.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Ollama's answers as OpenAI's. */
final class OllamaReplies {
    private OllamaReplies() {}

    /** @throws GatewayException when the document is not the answer to such a request */
    static ModelReply reply(ModelRequest request, ObjectNode answer) {
        return new ModelReply(
                switch (request) {
                    case ChatRequest chat -> chat(answer);
                    case CompletionRequest completion -> completion(completion, answer);
                    case EmbeddingRequest embedding -> embeddings(answer);
                });
    }

    private static ObjectNode chat(ObjectNode answer) {
        JsonNode said = expected(answer, "message");
        ObjectNode message = Json.object().put("role", "assistant").put("content", Json.text(said, "content"));
        message.putNull("refusal");
        if (!Json.text(said, "thinking").isEmpty()) {
            message.put("reasoning_content", Json.text(said, "thinking"));
        }
        ArrayNode calls = Json.map(said.path("tool_calls"), OllamaReplies::toolCall);
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        ObjectNode choice = Json.object().put("index", 0);
        choice.set("message", message);
        choice.put("finish_reason", finishReason(answer, !calls.isEmpty()));
        choice.set("logprobs", chatLogprobs(answer));
        ObjectNode reply = head(answer, "chatcmpl-", "chat.completion");
        reply.set("choices", Json.array().add(choice));
        usage(answer).ifPresent(usage -> reply.set("usage", usage));
        return reply;
    }

    private static ObjectNode completion(CompletionRequest request, ObjectNode answer) {
        String echo = echo(request);
        ObjectNode choice = Json.object().put("index", 0);
        choice.put("text", echo + expected(answer, "response").asText());
        choice.put("finish_reason", finishReason(answer, false));
        choice.set("logprobs", completionLogprobs(answer, echo.length()));
        ObjectNode reply = head(answer, "cmpl-", "text_completion");
        reply.set("choices", Json.array().add(choice));
        usage(answer).ifPresent(usage -> reply.set("usage", usage));
        return reply;
    }

    private static ObjectNode embeddings(ObjectNode answer) {
        ArrayNode data = Json.array();
        for (JsonNode vector : expected(answer, "embeddings")) {
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            entry.set("embedding", vector);
        }
        ObjectNode reply = Json.object().put("object", "list");
        reply.set("data", data);
        reply.put("model", Json.text(answer, "model"));
        if (Json.present(answer, "prompt_eval_count")) {
            long input = answer.path("prompt_eval_count").asLong();
            reply.putObject("usage").put("prompt_tokens", input).put("total_tokens", input);
        }
        return reply;
    }

    /** What all answers and chunks begin with. */
    static ObjectNode head(JsonNode answer, String idPrefix, String object) {
        return Json.object()
                .put("id", idPrefix + random(12))
                .put("object", object)
                .put("created", created(answer))
                .put("model", Json.text(answer, "model"));
    }

    /** The prompt, where the client wants it before the answer. */
    static String echo(CompletionRequest request) {
        return request.json().path("echo").asBoolean() ? OllamaRequests.prompt(request) : "";
    }

    static ObjectNode toolCall(JsonNode call) {
        String id = Json.text(call, "id");
        JsonNode arguments = call.path("function").path("arguments");
        ObjectNode converted = Json.object().put("id", id.isEmpty() ? "call_" + random(12) : id);
        converted.put("type", "function");
        converted
                .putObject("function")
                .put("name", Json.text(call.path("function"), "name"))
                .put("arguments", arguments.isTextual() ? arguments.textValue() : written(arguments));
        return converted;
    }

    static String finishReason(JsonNode answer, boolean calledTools) {
        // Ollama says "stop" after tool calls, too.
        FinishReason reason = calledTools ? FinishReason.TOOL_CALLS : FinishReason.of(Json.text(answer, "done_reason"));
        return reason.wireName();
    }

    /** Empty where Ollama gives no figures; a prompt that it had in its cache has none of its own. */
    static Optional<ObjectNode> usage(JsonNode answer) {
        if (!Json.present(answer, "prompt_eval_count") && !Json.present(answer, "eval_count")) {
            return Optional.empty();
        }
        long input = answer.path("prompt_eval_count").asLong();
        long output = answer.path("eval_count").asLong();
        return Optional.of(new Usage(input, 0, output, 0, Usage.Origin.REPORTED).toJson());
    }

    /** The form of chats, {@code {"content":[…]}}; null where there are none. */
    static JsonNode chatLogprobs(JsonNode answer) {
        JsonNode logprobs = answer.path("logprobs");
        return logprobs.isEmpty() ? Json.object().nullNode() : Json.object().set("content", logprobs);
    }

    /**
     * The older form: four lists of equal length.
     *
     * @param offset characters of the text before these tokens
     */
    static JsonNode completionLogprobs(JsonNode answer, int offset) {
        if (answer.path("logprobs").isEmpty()) {
            return Json.object().nullNode();
        }
        ObjectNode lists = Json.object();
        int place = offset;
        for (JsonNode token : answer.path("logprobs")) {
            lists.withArray("tokens").add(Json.text(token, "token"));
            lists.withArray("token_logprobs").add(token.path("logprob"));
            ObjectNode top = lists.withArray("top_logprobs").addObject();
            token.path("top_logprobs").forEach(other -> top.set(Json.text(other, "token"), other.path("logprob")));
            lists.withArray("text_offset").add(place);
            place += Json.text(token, "token").length();
        }
        return lists;
    }

    private static JsonNode expected(ObjectNode answer, String field) {
        if (Json.present(answer, field)) {
            return answer.path(field);
        }
        throw new GatewayException(ErrorKind.EMPTY_ANSWER, "the upstream's answer has no " + field);
    }

    private static String written(JsonNode arguments) {
        return arguments.isObject() ? new String(JsonCodec.write(arguments), StandardCharsets.UTF_8) : "{}";
    }

    private static long created(JsonNode answer) {
        try {
            return OffsetDateTime.parse(Json.text(answer, "created_at")).toEpochSecond();
        } catch (DateTimeParseException e) {
            return Instant.now().getEpochSecond();
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
