package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.util.HashMap;
import java.util.Map;

/**
 * The tool calls of one streamed choice: indexes ascend from 0, and id, type and name come once. Some vendors send no
 * index (a new id begins a new call), repeat the id, or send the arguments as an object.
 */
final class ToolCallDeltas {
    private final Map<String, Integer> numbers = new HashMap<>();
    private int last = -1;

    boolean any() {
        return last >= 0;
    }

    ArrayNode normalize(JsonNode calls) {
        return Json.map(calls, this::call);
    }

    private ObjectNode call(ObjectNode sent) {
        int before = last;
        int number = number(sent);
        boolean first = number > before;
        ObjectNode call = Json.copy(sent).put("index", number);
        ObjectNode function = sent.path("function") instanceof ObjectNode object ? Json.copy(object) : Json.object();
        function.put("arguments", arguments(function.path("arguments")));
        if (first) {
            call.put("id", Json.text(sent, "id").isEmpty() ? Identity.callId() : Json.text(sent, "id"));
            call.put("type", "function");
            function.put("name", Json.text(function, "name"));
        } else {
            call.remove("id");
            call.remove("type");
            function.remove("name");
        }
        return call.set("function", function);
    }

    private int number(ObjectNode sent) {
        String id = Json.text(sent, "id");
        boolean indexed = sent.path("index").isIntegralNumber();
        String index = "index " + sent.path("index").asInt();
        if (!id.isEmpty()) {
            // An id that was not seen begins a call, whatever its index: some vendors number all parallel calls 0.
            int number = numbers.computeIfAbsent("id " + id, unseen -> ++last);
            numbers.put(index, number);
            return number;
        }
        if (indexed) {
            return numbers.computeIfAbsent(index, unseen -> ++last);
        }
        boolean named = !Json.text(sent.path("function"), "name").isEmpty();
        return named || last < 0 ? ++last : last;
    }

    static String arguments(JsonNode arguments) {
        if (arguments.isTextual()) {
            return arguments.textValue();
        }
        return arguments.isContainerNode() ? arguments.toString() : "";
    }
}
