package dev.drawbridge.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** A whole answer in the form that this client asked for: its own name of the model, its encoding of vectors. */
final class ReplyForm {
    private ReplyForm() {}

    static ObjectNode of(ModelReply reply, ModelRequest request) {
        ObjectNode named = Json.with(reply.json(), "model", request.model());
        if (!(request instanceof EmbeddingRequest)) {
            return named;
        }
        boolean base64 = Json.text(request.json(), "encoding_format").equals("base64");
        return Json.with(named, "data", Json.map(named.path("data"), item -> encoded(item, base64)));
    }

    /** Whatever the upstream sent: Python and Node take base64 for granted, others take numbers. */
    private static ObjectNode encoded(ObjectNode item, boolean base64) {
        JsonNode vector = item.path("embedding");
        if (base64 && vector.isArray()) {
            return Json.with(item, "embedding", toBase64(vector));
        }
        return !base64 && vector.isTextual() ? Json.with(item, "embedding", toNumbers(vector.textValue())) : item;
    }

    /** Little-endian 32-bit floats, as OpenAI packs them. */
    private static String toBase64(JsonNode vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        vector.forEach(number -> bytes.putFloat(number.floatValue()));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static ArrayNode toNumbers(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(base64)).order(ByteOrder.LITTLE_ENDIAN);
        ArrayNode vector = Json.array();
        while (bytes.remaining() >= Float.BYTES) {
            vector.add(bytes.getFloat());
        }
        return vector;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GatewayException(
                    ErrorKind.UPSTREAM_ERROR, "the upstream's vectors are neither numbers nor base64");
        }
    }
}
