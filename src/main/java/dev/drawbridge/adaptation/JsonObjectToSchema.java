package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;

/**
 * {@code json-object-to-schema}: the target answers JSON only by a schema, so {@code json_object} becomes
 * {@code json_schema}. A schema that the client sent beside it, in a parameter {@code json_schema}, goes where it belongs;
 * without one, any object will do.
 */
record JsonObjectToSchema() implements Adaptation {
    private static final String SCHEMA = "json_schema";

    @Override
    public ModelRequest request(ModelRequest request, Context context) {
        JsonNode format = request.json().path("response_format");
        String type = Json.text(format, "type");
        boolean object = type.equals("json_object");
        boolean bare = type.equals(SCHEMA) && !Json.present(format, SCHEMA) && request.has(SCHEMA);
        if (!object && !bare) {
            return request;
        }
        ObjectNode changed = Json.object().put("type", SCHEMA);
        changed.set(SCHEMA, schema(format, request));
        context.note("response_format", SCHEMA, object ? "from json_object" : "schema moved inside");
        return request.without(SCHEMA).with("response_format", changed);
    }

    private static JsonNode schema(JsonNode format, ModelRequest request) {
        if (Json.present(format, SCHEMA)) {
            return format.get(SCHEMA);
        }
        if (request.has(SCHEMA)) {
            return request.json().get(SCHEMA);
        }
        ObjectNode any = Json.object().put("name", "response");
        any.putObject("schema").put("type", "object");
        return any;
    }
}
