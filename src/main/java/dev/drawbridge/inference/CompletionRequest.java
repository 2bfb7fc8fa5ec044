package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A text to continue: {@code prompt}, the older form. See <a href="https://platform.openai.com/docs/api-reference/completions/create">create completion</a>. */
public record CompletionRequest(ObjectNode json) implements ModelRequest {

    @Override
    public Operation operation() {
        return Operation.COMPLETION;
    }

    @Override
    public CompletionRequest withJson(ObjectNode changed) {
        return new CompletionRequest(changed);
    }
}
