package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.FinishReason;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import java.time.Instant;

/** The answers of the operations that write: a message in chats, a plain text otherwise. */
public enum TextForm implements AnswerForm {
    CHAT {
        @Override
        void say(Said said, ObjectNode line) {
            ObjectNode message = line.putObject("message").put("role", "assistant");
            put("content", said, message);
        }
    },
    GENERATE {
        @Override
        void say(Said said, ObjectNode line) {
            put("response", said, line);
        }
    };

    abstract void say(Said said, ObjectNode line);

    private static void put(String field, Said said, ObjectNode line) {
        line.put(field, said.content());
        if (!said.thinking().isEmpty()) {
            line.put("thinking", said.thinking());
        }
        if (!said.toolCalls().isEmpty()) {
            line.set("tool_calls", said.toolCalls());
        }
    }

    /** One line of an answer that goes on. */
    ObjectNode line(String model, String time, Said said) {
        ObjectNode line = begun(model, time, said).put("done", false);
        return said.logprobs().isEmpty() ? line : line.set("logprobs", said.logprobs());
    }

    /** The end of an answer, which {@link Timing} completes. */
    ObjectNode done(String model, String time, Said said, String reason) {
        ObjectNode line = begun(model, time, said).put("done", true).put("done_reason", reason);
        return said.logprobs().isEmpty() ? line : line.set("logprobs", said.logprobs());
    }

    /** The answer to a request that only loads or unloads the model, which elsewhere is no matter of the client's. */
    public ObjectNode withoutWords(String model, String reason) {
        return done(model, Instant.now().toString(), Said.NOTHING, reason);
    }

    @Override
    public ObjectNode whole(ModelReply reply, String model, Timing timing) {
        ObjectNode answer = reply.original()
                .map(original -> Originals.named(original, model))
                .orElseGet(() -> translated(reply, model, timing));
        timing.completeWhole(answer, reply.usage());
        return answer;
    }

    private ObjectNode translated(ModelReply reply, String model, Timing timing) {
        JsonNode choice = reply.json().path("choices").path(0);
        String reason = doneReason(Json.text(choice, "finish_reason"));
        return done(model, timing.now(), Choices.whole(choice), reason);
    }

    /** Ollama knows no word for tool calls: clients see them. */
    static String doneReason(String finishReason) {
        return switch (FinishReason.of(finishReason)) {
            case LENGTH -> "length";
            case CONTENT_FILTER -> "content_filter";
            case STOP, TOOL_CALLS, FUNCTION_CALL -> "stop";
        };
    }

    private ObjectNode begun(String model, String time, Said said) {
        ObjectNode line = Json.object().put("model", model).put("created_at", time);
        say(said, line);
        return line;
    }
}
