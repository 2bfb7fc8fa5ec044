package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A conversation to continue: {@code messages}, tools, sampling. See <a href="https://platform.openai.com/docs/api-reference/chat/create">create chat completion</a>. */
public record ChatRequest(ObjectNode json) implements ModelRequest {

    @Override
    public Operation operation() {
        return Operation.CHAT;
    }

    @Override
    public ChatRequest withJson(ObjectNode changed) {
        return new ChatRequest(changed);
    }
}
