package dev.drawbridge.protocol.ollama.question;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.inference.ModelRequest;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;

/** Questions to a model named {@code m}. In JSON, single quotes stand for double ones. */
final class Asked {
    /** A model of which nothing is known, at an upstream that is no Ollama. */
    static final AskedModel UNKNOWN = elsewhere();

    /** A model at an Ollama. */
    static final AskedModel OLLAMA = new AskedModel("m", facts(), true);

    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    private Asked() {}

    /** A model that can do this and nothing else. */
    static AskedModel elsewhere(String... capabilities) {
        return new AskedModel("m", facts(capabilities), false);
    }

    private static ModelFacts facts(String... capabilities) {
        return new ModelFacts(
                "m", "lab", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Set.of(capabilities));
    }

    static ModelRequest request(Question question) {
        return switch (question) {
            case Question.Whole whole -> whole.request();
            case Question.Streamed streamed -> streamed.request();
            case Question.Answered answered -> throw new AssertionError("answered: " + answered.answer());
        };
    }

    /** The hub's form of a chat. */
    static JsonNode chat(String json) {
        return chat(json, UNKNOWN);
    }

    static JsonNode chat(String json, AskedModel model) {
        return Lab.written(request(ChatQuestion.read(Lab.object(json), model)).json());
    }

    /** The hub's form of a question with one message of the user, and these fields besides. */
    static JsonNode with(String fields) {
        return chat("{'model':'m','messages':[{'role':'user','content':'Hi'}]," + fields + "}");
    }

    /** The hub's messages. */
    static JsonNode messages(String messages) {
        return chat("{'model':'m','messages':" + messages + "}").path("messages");
    }

    static JsonNode generate(String json) {
        return Lab.written(
                request(GenerateQuestion.read(Lab.object(json), UNKNOWN)).json());
    }

    /** The words in which a document is refused. */
    static String refusal(BiFunction<ObjectNode, AskedModel, Question> reader, String json) {
        return refusal(reader, json, UNKNOWN);
    }

    static String refusal(BiFunction<ObjectNode, AskedModel, Question> reader, String json, AskedModel model) {
        GatewayException refusal =
                catchThrowableOfType(GatewayException.class, () -> reader.apply(Lab.object(json), model));
        if (refusal == null) {
            throw new AssertionError("was taken");
        }
        if (refusal.kind().status() != 400) {
            throw new AssertionError("status " + refusal.kind().status());
        }
        return refusal.message();
    }

    /** The words in which a chat with these fields besides its message is refused. */
    static String refusalWith(String fields) {
        return refusal(ChatQuestion::read, "{'messages':[{'role':'user','content':'Hi'}]," + fields + "}");
    }
}
