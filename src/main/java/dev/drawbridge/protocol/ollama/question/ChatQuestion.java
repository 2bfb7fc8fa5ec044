package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.Original;
import dev.drawbridge.protocol.ollama.answer.TextForm;
import java.util.Optional;

/** {@code /api/chat}: a conversation to continue. Without messages it loads the model, or unloads it. */
public final class ChatQuestion {
    private static final String DIALECT = "ollama/chat";

    private ChatQuestion() {}

    /** @throws dev.drawbridge.inference.GatewayException {@code INVALID_REQUEST} naming the field that is wrong */
    public static Question read(ObjectNode document, AskedModel model) {
        JsonNode messages = Fields.list(document, "messages");
        String purpose = KeepAlive.purpose(document);
        boolean stream = Fields.flag(document, "stream", true);
        ObjectNode hub = model.hub();
        hub.set("messages", new ChatMessages().hub(messages));
        Optional<Original> original = Optional.of(new Original(DIALECT, document));
        if (messages.isEmpty()) {
            return model.ollama()
                    ? new Question.Whole(new ChatRequest(hub, original), TextForm.CHAT)
                    : new Question.Answered(TextForm.CHAT.withoutWords(model.name(), purpose));
        }
        tools(document, hub, model);
        AnswerSettings.put(document, hub, model);
        hub.put("stream", stream);
        return Question.of(new ChatRequest(hub, original), TextForm.CHAT);
    }

    private static void tools(ObjectNode document, ObjectNode hub, AskedModel model) {
        JsonNode tools = Fields.list(document, "tools");
        if (tools.isEmpty()) {
            return;
        }
        if (model.lacks("tools")) {
            throw model.refusal("tools");
        }
        for (int i = 0; i < tools.size(); i++) {
            if (!tools.path(i).isObject()) {
                throw Fields.wrong("tools[" + i + "]", "an object");
            }
        }
        hub.set("tools", Json.map(tools, tool -> tool.has("type") ? tool : Json.with(tool, "type", "function")));
    }
}
