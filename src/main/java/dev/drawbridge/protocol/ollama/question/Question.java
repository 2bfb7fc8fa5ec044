package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.protocol.ollama.answer.AnswerForm;
import dev.drawbridge.protocol.ollama.answer.TextForm;

/** A request, understood. */
public sealed interface Question {

    /** For a model: one answer. */
    record Whole(ModelRequest request, AnswerForm form) implements Question {}

    /** For a model: an answer line by line. */
    record Streamed(ModelRequest request, TextForm form) implements Question {}

    /** For nobody: the answer is known. */
    record Answered(ObjectNode answer) implements Question {}

    static Question of(ModelRequest request, TextForm form) {
        return request.stream() ? new Streamed(request, form) : new Whole(request, form);
    }
}
