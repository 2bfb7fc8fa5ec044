package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.ModelRequest.Original;
import dev.drawbridge.protocol.ollama.answer.VectorForm;
import java.util.Optional;

/** {@code /api/embed}: texts as vectors; and its elder {@code /api/embeddings}, one text as a vector. */
public final class EmbedQuestion {
    private EmbedQuestion() {}

    /** @throws GatewayException {@code INVALID_REQUEST} naming the field that is wrong */
    public static Question read(ObjectNode document, AskedModel model) {
        KeepAlive.purpose(document);
        SamplingOptions.check(document);
        JsonNode input = document.path("input");
        if (Json.present(document, "input") && !isTexts(input)) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "invalid input type").at("input");
        }
        if (input.isTextual() ? input.textValue().isEmpty() : input.isEmpty()) {
            return new Question.Answered(VectorForm.EMBED.ofNothing(model.name()));
        }
        ObjectNode hub = model.hub().set("input", input);
        JsonNode dimensions = document.path("dimensions");
        if (Json.present(document, "dimensions")) {
            if (!dimensions.isIntegralNumber() || dimensions.asLong() < 0) {
                throw Fields.wrong("dimensions", "a whole number");
            }
            // None, to Go's readers of the document.
            if (dimensions.asLong() > 0) {
                hub.set("dimensions", dimensions);
            }
        }
        return new Question.Whole(request(hub, "ollama/embed", document), VectorForm.EMBED);
    }

    /** The older operation. */
    public static Question readOlder(ObjectNode document, AskedModel model) {
        KeepAlive.purpose(document);
        SamplingOptions.check(document);
        String prompt = Fields.text(document, "prompt");
        if (prompt.isEmpty()) {
            return new Question.Answered(VectorForm.EMBEDDINGS.ofNothing(model.name()));
        }
        ObjectNode hub = model.hub().put("input", prompt);
        return new Question.Whole(request(hub, "ollama/embeddings", document), VectorForm.EMBEDDINGS);
    }

    private static EmbeddingRequest request(ObjectNode hub, String dialect, ObjectNode document) {
        return new EmbeddingRequest(hub, Optional.of(new Original(dialect, document)));
    }

    private static boolean isTexts(JsonNode input) {
        return input.isTextual() || (input.isArray() && input.valueStream().allMatch(JsonNode::isTextual));
    }
}
