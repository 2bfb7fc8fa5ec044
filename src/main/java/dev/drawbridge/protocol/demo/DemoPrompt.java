package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * A completion's prompt or an embedding's input.
 *
 * @param text of a list of token numbers, which the demo cannot read, the numbers themselves
 */
record DemoPrompt(String text, int tokens) {
    /** As many as OpenAI takes. */
    private static final int MOST = 2048;

    /** Reads a text, a list of texts, a list of token numbers or a list of such lists. */
    static List<DemoPrompt> read(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isTextual() || value.path(0).isIntegralNumber()) {
            return List.of(one(value, field));
        }
        if (!value.isArray() || value.isEmpty()) {
            throw invalid(field, "must be a text, a list of texts, or a list of tokens, and not empty");
        }
        if (value.size() > MOST) {
            throw invalid(field, "must have at most " + MOST + " entries");
        }
        List<DemoPrompt> prompts = new ArrayList<>(value.size());
        for (JsonNode entry : value) {
            prompts.add(one(entry, field));
        }
        return prompts;
    }

    /** A number of the request, if it has one. */
    static OptionalInt integer(JsonNode json, String field, int least, int most) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalInt.empty();
        }
        boolean whole = value.isIntegralNumber() && value.canConvertToInt();
        if (!whole || value.intValue() < least || value.intValue() > most) {
            throw invalid(field, "must be a whole number from " + least + " to " + most);
        }
        return OptionalInt.of(value.intValue());
    }

    static GatewayException invalid(String field, String problem) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, "'" + field + "' " + problem).at(field);
    }

    /** What the demo says to the prompts of the request: {@code n} times the same to each. */
    static List<DemoAnswer> answers(List<DemoPrompt> prompts, JsonNode request) {
        int times = integer(request, "n", 1, DemoChat.MOST_CHOICES).orElse(1);
        if (prompts.size() * times > MOST) {
            throw invalid("n", "and the number of prompts make more than " + MOST + " answers");
        }
        OptionalInt top = integer(request, "logprobs", 0, 20);
        boolean echo = request.path("echo").asBoolean(false);
        List<DemoAnswer> answers = new ArrayList<>(prompts.size() * times);
        for (DemoPrompt prompt : prompts) {
            String said = DemoChat.say("Your prompt " + DemoChat.quote(prompt.text) + "has arrived.");
            DemoAnswer answer = new DemoAnswer.Continuation(
                    echo ? prompt.text : "", DemoAnswer.Text.of(echo ? " " + said : said, request, top));
            for (int i = 0; i < times; i++) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private static DemoPrompt one(JsonNode value, String field) {
        if (value.isTextual()) {
            return new DemoPrompt(value.textValue(), DemoTokens.count(value.textValue()));
        }
        StringJoiner numbers = new StringJoiner(" ");
        for (JsonNode token : value) {
            if (!token.isIntegralNumber()) {
                throw invalid(field, "has an entry that is neither a text nor a list of tokens");
            }
            numbers.add(token.asText());
        }
        if (value.isEmpty()) {
            throw invalid(field, "has an entry that is neither a text nor a list of tokens");
        }
        return new DemoPrompt(numbers.toString(), value.size());
    }
}
