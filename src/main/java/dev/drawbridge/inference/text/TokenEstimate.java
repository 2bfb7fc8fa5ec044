package dev.drawbridge.inference.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;

/**
 * Counts tokens with OpenAI's {@code o200k_base}. Other models' tokenizers differ, by a tenth or so for European
 * languages, so the figures serve for limits and where an upstream reports none.
 */
public final class TokenEstimate {
    /** What one image costs at OpenAI in high detail, 1024 by 1024; vendors differ widely. */
    private static final long IMAGE = 765;

    /** Role and separators of a message, by OpenAI's own counting. */
    private static final long MESSAGE = 4;

    /** Longer texts are not worth the time: four characters are taken for a token. */
    private static final int LONGEST_COUNTED = 400_000;

    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private TokenEstimate() {}

    public static long ofText(String text) {
        return text.length() > LONGEST_COUNTED ? text.length() / 4 : ENCODING.countTokensOrdinary(text);
    }

    /** The tokens of everything that the model has to read. */
    public static long ofPrompt(ModelRequest request) {
        return walk(request, TokenEstimate::ofNode);
    }

    /** A bound that the prompt's tokens cannot exceed, without counting them: no token is shorter than a byte. */
    public static long boundOfPrompt(ModelRequest request) {
        return walk(
                request,
                text -> text instanceof LongText kept
                        ? kept.bytes()
                        : text.textValue().length() * 3L);
    }

    private static long ofNode(JsonNode text) {
        return text instanceof LongText kept && kept.bytes() > LONGEST_COUNTED
                ? kept.bytes() / 4
                : ofText(text.textValue());
    }

    /** The tokens of a whole answer. */
    public static long ofReply(JsonNode reply) {
        long tokens = 0;
        for (JsonNode choice : reply.path("choices")) {
            tokens += ofAnswer(choice.has("message") ? choice.path("message") : choice.path("delta"));
            tokens += ofText(Json.text(choice, "text"));
        }
        return tokens;
    }

    private static long ofAnswer(JsonNode message) {
        long tokens = ofText(Json.text(message, "content")) + ofText(Json.text(message, "reasoning_content"));
        for (JsonNode call : message.path("tool_calls")) {
            tokens += ofText(Json.text(call.path("function"), "name"));
            tokens += ofText(Json.text(call.path("function"), "arguments"));
        }
        return tokens;
    }

    private static long walk(ModelRequest request, Counter counter) {
        JsonNode json = request.json();
        return switch (request) {
            case ChatRequest chat -> messages(json.path("messages"), counter) + tools(json.path("tools"), counter);
            case CompletionRequest completion ->
                texts(json.path("prompt"), counter) + texts(json.path("suffix"), counter);
            case EmbeddingRequest embedding -> texts(json.path("input"), counter);
        };
    }

    private static long messages(JsonNode messages, Counter counter) {
        long tokens = 0;
        for (JsonNode message : messages) {
            tokens += MESSAGE + content(message.path("content"), counter) + tools(message.path("tool_calls"), counter);
        }
        return tokens;
    }

    private static long content(JsonNode content, Counter counter) {
        if (content.isTextual()) {
            return counter.count(content);
        }
        long tokens = 0;
        for (JsonNode part : content) {
            tokens += part.path("text").isTextual() ? counter.count(part.path("text")) : IMAGE;
        }
        return tokens;
    }

    private static long tools(JsonNode tools, Counter counter) {
        return tools.isEmpty() ? 0 : counter.count(TextNode.valueOf(tools.toString()));
    }

    /** Texts count by the encoding; token ids, which clients may send instead, one each. */
    private static long texts(JsonNode input, Counter counter) {
        if (input.isTextual()) {
            return counter.count(input);
        }
        long tokens = 0;
        for (JsonNode element : input) {
            tokens += element.isNumber() ? 1 : texts(element, counter);
        }
        return tokens;
    }

    private interface Counter {
        long count(JsonNode text);
    }
}
