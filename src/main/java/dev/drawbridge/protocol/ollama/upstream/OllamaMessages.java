package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.text.LongText;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** OpenAI messages as Ollama's: one text a message, images beside it, tool arguments as objects. */
final class OllamaMessages {
    /** Characters before the data of a data URI. */
    private static final int LONGEST_TYPE = 200;

    private final ImageFetcher images;

    OllamaMessages(ImageFetcher images) {
        this.images = images;
    }

    /** @throws GatewayException naming the part that cannot be said, such as {@code messages[1].content[0].image_url} */
    ArrayNode messages(JsonNode messages) {
        ArrayNode converted = Json.array();
        Map<String, String> toolNames = new HashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            converted.add(message(messages.path(i), "messages[" + i + "]", toolNames));
        }
        return converted;
    }

    /** @param toolNames by the id of the call, gathered on the way: a tool's result has only the id */
    private ObjectNode message(JsonNode message, String place, Map<String, String> toolNames) {
        String role = Json.text(message, "role");
        ObjectNode converted = Json.object().put("role", role.equals("developer") ? "system" : role);
        content(message.path("content"), place + ".content", converted);
        putText(converted, "thinking", firstText(message, "reasoning_content", "reasoning", "thinking"));
        if (!message.path("tool_calls").isEmpty()) {
            converted.set("tool_calls", toolCalls(message.path("tool_calls"), place + ".tool_calls", toolNames));
        }
        if (role.equals("tool")) {
            String id = Json.text(message, "tool_call_id");
            putText(converted, "tool_name", toolNames.getOrDefault(id, Json.text(message, "name")));
            putText(converted, "tool_call_id", id);
        }
        return converted;
    }

    private void content(JsonNode content, String place, ObjectNode converted) {
        if (!content.isArray()) {
            converted.set("content", textOrEmpty(content));
            return;
        }
        StringJoiner text = new StringJoiner("\n");
        ArrayNode pictures = Json.array();
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.path(i);
            switch (Json.text(part, "type")) {
                case "text", "refusal" -> text.add(firstText(part, "text", "refusal"));
                case "image_url" -> pictures.add(image(part.path("image_url"), place + "[" + i + "].image_url"));
                // Ollama takes sound among the images; its OpenAI door does the same.
                case "input_audio" ->
                    pictures.add(textOrEmpty(part.path("input_audio").path("data")));
                default -> throw unsupported(place + "[" + i + "].type");
            }
        }
        converted.put("content", text.toString());
        if (!pictures.isEmpty()) {
            converted.set("images", pictures);
        }
    }

    private JsonNode image(JsonNode image, String place) {
        JsonNode address = image.isTextual() ? image : image.path("url");
        Optional<LongText> kept = address instanceof LongText text ? data(text) : Optional.empty();
        if (kept.isPresent()) {
            return kept.get();
        }
        String url = textOrEmpty(address).textValue();
        byte[] bytes = url.regionMatches(true, 0, "data:", 0, 5) ? data(url, place) : images.fetch(url, place);
        return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }

    /** What a data URI holds; empty where it is not in the form that Go takes. */
    private static Optional<LongText> data(LongText uri) {
        String start = uri.start(LONGEST_TYPE);
        int comma = start.indexOf(',');
        boolean base64 = start.regionMatches(true, 0, "data:", 0, 5)
                && comma >= 0
                && start.substring(0, comma).endsWith(";base64");
        return base64 ? uri.base64From(comma + 1) : Optional.empty();
    }

    /** Decoded here, and encoded anew, because Go takes only the strict form of base64. */
    private static byte[] data(String uri, String place) {
        int comma = uri.indexOf(',');
        if (comma < 0 || !uri.substring(0, comma).endsWith(";base64")) {
            throw invalid("the data URI of the image is not base64", place);
        }
        try {
            return Base64.getDecoder().decode(uri.substring(comma + 1).strip());
        } catch (IllegalArgumentException e) {
            throw invalid("the image is not valid base64", place);
        }
    }

    private static ArrayNode toolCalls(JsonNode calls, String place, Map<String, String> toolNames) {
        ArrayNode converted = Json.array();
        for (int i = 0; i < calls.size(); i++) {
            JsonNode call = calls.path(i);
            String id = Json.text(call, "id");
            String name = Json.text(call.path("function"), "name");
            toolNames.put(id, name);
            ObjectNode function = Json.object().put("index", i).put("name", name);
            function.set(
                    "arguments",
                    arguments(call.path("function").path("arguments"), place + "[" + i + "].function.arguments"));
            converted.addObject().put("id", id).set("function", function);
        }
        return converted;
    }

    private static JsonNode arguments(JsonNode arguments, String place) {
        if (!arguments.isTextual()) {
            return arguments.isObject() ? arguments : Json.object();
        }
        try {
            // Models that call a tool without parameters often write nothing at all.
            String text = arguments.textValue().isBlank() ? "{}" : arguments.textValue();
            JsonNode parsed = JsonCodec.parse(text.getBytes(StandardCharsets.UTF_8));
            if (parsed.isObject()) {
                return parsed;
            }
        } catch (MalformedJsonException e) {
            throw invalid("the arguments of the tool call: the text " + e.getMessage(), place);
        }
        throw invalid("the arguments of the tool call are no JSON object", place);
    }

    private static JsonNode textOrEmpty(JsonNode node) {
        return node.isTextual() ? node : TextNode.valueOf("");
    }

    private static void putText(ObjectNode tree, String field, String text) {
        if (!text.isEmpty()) {
            tree.put(field, text);
        }
    }

    private static String firstText(JsonNode tree, String... fields) {
        return List.of(fields).stream()
                .map(field -> Json.text(tree, field))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static GatewayException invalid(String message, String place) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, message).at(place);
    }

    private static GatewayException unsupported(String place) {
        return new GatewayException(ErrorKind.UNSUPPORTED_PARAMETER, "this model takes text, images and audio only")
                .at(place);
    }
}
