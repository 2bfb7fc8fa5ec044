package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Texts to turn into vectors: {@code input}. See <a href="https://platform.openai.com/docs/api-reference/embeddings/create">create embeddings</a>. */
public record EmbeddingRequest(ObjectNode json) implements ModelRequest {

    @Override
    public Operation operation() {
        return Operation.EMBEDDING;
    }

    @Override
    public EmbeddingRequest withJson(ObjectNode changed) {
        return new EmbeddingRequest(changed);
    }
}
