package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a client asks of a model: an OpenAI request document and nothing besides. Immutable. */
public sealed interface ModelRequest {

    /** The document. Shared: to change it, make a new request {@linkplain #withJson from a copy}. */
    ObjectNode json();

    /** The client's own document, where it speaks another dialect than the hub's. */
    Optional<Original> original();

    Operation operation();

    ModelRequest withJson(ObjectNode json);

    default String model() {
        return Json.text(json(), "model");
    }

    default boolean stream() {
        return json().path("stream").asBoolean(false);
    }

    /** Whether the client wants to see the usage at the end of its stream. */
    default boolean includeUsage() {
        return json().path("stream_options").path("include_usage").asBoolean(false);
    }

    default boolean has(String field) {
        return Json.present(json(), field);
    }

    default ModelRequest with(String field, JsonNode value) {
        return withJson(Json.with(json(), field, value));
    }

    default ModelRequest without(String field) {
        return withJson(Json.without(json(), field));
    }

    /** The same question to the model that an upstream knows by this name. */
    default ModelRequest forModel(String upstreamModel) {
        return withJson(Json.with(json(), "model", upstreamModel));
    }

    /** A conversation to continue: {@code messages}, tools, sampling. See <a href="https://platform.openai.com/docs/api-reference/chat/create">create chat completion</a>. */
    record ChatRequest(ObjectNode json, Optional<Original> original) implements ModelRequest {
        public ChatRequest(ObjectNode json) {
            this(json, Optional.empty());
        }

        @Override
        public Operation operation() {
            return Operation.CHAT;
        }

        @Override
        public ChatRequest withJson(ObjectNode changed) {
            return new ChatRequest(changed, original);
        }
    }

    /** A text to continue: {@code prompt}, the older form. See <a href="https://platform.openai.com/docs/api-reference/completions/create">create completion</a>. */
    record CompletionRequest(ObjectNode json, Optional<Original> original) implements ModelRequest {
        public CompletionRequest(ObjectNode json) {
            this(json, Optional.empty());
        }

        @Override
        public Operation operation() {
            return Operation.COMPLETION;
        }

        @Override
        public CompletionRequest withJson(ObjectNode changed) {
            return new CompletionRequest(changed, original);
        }
    }

    /** Texts to turn into vectors: {@code input}. See <a href="https://platform.openai.com/docs/api-reference/embeddings/create">create embeddings</a>. */
    record EmbeddingRequest(ObjectNode json, Optional<Original> original) implements ModelRequest {
        public EmbeddingRequest(ObjectNode json) {
            this(json, Optional.empty());
        }

        @Override
        public Operation operation() {
            return Operation.EMBEDDING;
        }

        @Override
        public EmbeddingRequest withJson(ObjectNode changed) {
            return new EmbeddingRequest(changed, original);
        }
    }
}
