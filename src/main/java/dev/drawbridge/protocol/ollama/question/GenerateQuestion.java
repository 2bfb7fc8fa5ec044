package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.Original;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.protocol.ollama.answer.TextForm;
import java.util.Optional;

/**
 * {@code /api/generate}: a question without a conversation. Models elsewhere get it as a chat of one message, and only a
 * {@code raw} prompt or one with a {@code suffix} as text to continue. {@code template} and {@code context} mean
 * something to Ollama alone.
 */
public final class GenerateQuestion {
    private static final String DIALECT = "ollama/generate";

    private final ObjectNode document;
    private final AskedModel model;
    private final String prompt;
    private final String suffix;
    private final JsonNode images;

    private GenerateQuestion(ObjectNode document, AskedModel model) {
        this.document = document;
        this.model = model;
        this.prompt = Fields.text(document, "prompt");
        this.suffix = Fields.text(document, "suffix");
        this.images = Fields.list(document, "images");
    }

    /** @throws dev.drawbridge.inference.GatewayException {@code INVALID_REQUEST} naming the field that is wrong */
    public static Question read(ObjectNode document, AskedModel model) {
        return new GenerateQuestion(document, model).read();
    }

    private Question read() {
        String purpose = KeepAlive.purpose(document);
        boolean stream = Fields.flag(document, "stream", true);
        Optional<Original> original = Optional.of(new Original(DIALECT, document));
        if (prompt.isEmpty() && suffix.isEmpty() && images.isEmpty()) {
            return model.ollama()
                    ? new Question.Whole(
                            new CompletionRequest(model.hub().put("prompt", ""), original), TextForm.GENERATE)
                    : new Question.Answered(TextForm.GENERATE.withoutWords(model.name(), purpose));
        }
        boolean raw = Fields.flag(document, "raw", false) || !suffix.isEmpty();
        ObjectNode hub = raw || !model.facts().may(Operation.CHAT) ? completion() : chat();
        AnswerSettings.put(document, hub, model);
        hub.put("stream", stream);
        ModelRequest request =
                hub.has("messages") ? new ChatRequest(hub, original) : new CompletionRequest(hub, original);
        return Question.of(request, TextForm.GENERATE);
    }

    private ObjectNode completion() {
        if (!images.isEmpty() && !model.ollama()) {
            throw model.refusal("images beside a raw prompt or a suffix");
        }
        ObjectNode hub = model.hub().put("prompt", prompt);
        return suffix.isEmpty() ? hub : hub.put("suffix", suffix);
    }

    private ObjectNode chat() {
        ArrayNode messages = Json.array();
        String system = Fields.text(document, "system");
        if (!system.isEmpty()) {
            messages.addObject().put("role", "system").put("content", system);
        }
        messages.addObject().put("role", "user").set("content", Images.content(prompt, images, "images"));
        return model.hub().set("messages", messages);
    }
}
