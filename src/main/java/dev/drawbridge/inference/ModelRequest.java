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

    /**
     * What the request has in common with others that begin alike, so that one cache of prompts serves them; empty if
     * nothing is said. The newer field's predecessor is {@code user}. See
     * <a href="https://platform.openai.com/docs/guides/prompt-caching">prompt caching</a>.
     */
    default String promptCacheKey() {
        String key = Json.text(json(), "prompt_cache_key");
        return key.isEmpty() ? Json.text(json(), "user") : key;
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

    /**
     * What a client sent in its own dialect, beside the hub's form of it: an upstream that speaks the dialect too takes
     * this one, so that nothing is lost on the way there and back.
     *
     * @param dialect a protocol and its operation, such as {@code ollama/chat}
     * @param document as sent, names of models included; never changed
     */
    record Original(String dialect, ObjectNode document) {}
}
