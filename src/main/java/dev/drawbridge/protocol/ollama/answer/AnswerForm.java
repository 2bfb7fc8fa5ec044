package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ModelReply;

/** How one of Ollama's operations says its answer. */
public sealed interface AnswerForm permits TextForm, VectorForm {

    /**
     * A whole answer.
     *
     * @param model the name that the client asked for
     */
    ObjectNode whole(ModelReply reply, String model, Timing timing);
}
