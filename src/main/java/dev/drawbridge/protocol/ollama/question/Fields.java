package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;

/** Fields of a client's document, checked. Null is as good as absent. */
public final class Fields {
    private Fields() {}

    /** An empty text where the field is absent. */
    public static String text(JsonNode document, String field) {
        JsonNode value = document.path(field);
        if (Json.present(document, field) && !value.isTextual()) {
            throw wrong(field, "a string");
        }
        return Json.text(document, field);
    }

    static boolean flag(JsonNode document, String field, boolean byDefault) {
        JsonNode value = document.path(field);
        if (Json.present(document, field) && !value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.asBoolean(byDefault);
    }

    /** An empty list where the field is absent. */
    static JsonNode list(JsonNode document, String field) {
        if (!Json.present(document, field)) {
            return Json.array();
        }
        if (!document.path(field).isArray()) {
            throw wrong(field, "a list");
        }
        return document.path(field);
    }

    static GatewayException wrong(String place, String words) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, "\"" + place + "\" must be " + words).at(place);
    }
}
