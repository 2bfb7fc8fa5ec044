package dev.drawbridge.protocol.ollama.answer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import java.util.Comparator;
import java.util.List;

/** The answers of the two operations that embed: the newer one for many texts, the older one for one text. */
public enum VectorForm implements AnswerForm {
    EMBED {
        @Override
        ObjectNode translated(ModelReply reply, String model) {
            ArrayNode embeddings = Json.array();
            vectors(reply).forEach(vector -> embeddings.add(normalised(vector)));
            return Json.object().put("model", model).set("embeddings", embeddings);
        }

        @Override
        public ObjectNode whole(ModelReply reply, String model, Timing timing) {
            ObjectNode answer = reply.original()
                    .map(original -> Originals.named(original, model))
                    .orElseGet(() -> translated(reply, model));
            timing.completeVectors(answer, reply.usage());
            return answer;
        }

        @Override
        public ObjectNode ofNothing(String model) {
            ObjectNode answer = Json.object().put("model", model);
            answer.putArray("embeddings");
            return answer.put("total_duration", 1).put("load_duration", 1).put("prompt_eval_count", 0);
        }
    },
    EMBEDDINGS {
        @Override
        ObjectNode translated(ModelReply reply, String model) {
            return Json.object().set("embedding", vectors(reply).getFirst());
        }

        @Override
        public ObjectNode whole(ModelReply reply, String model, Timing timing) {
            return reply.original().orElseGet(() -> translated(reply, model));
        }

        @Override
        public ObjectNode ofNothing(String model) {
            ObjectNode answer = Json.object();
            answer.putArray("embedding");
            return answer;
        }
    };

    abstract ObjectNode translated(ModelReply reply, String model);

    /** The answer to a request with nothing to embed. */
    public abstract ObjectNode ofNothing(String model);

    private static List<ArrayNode> vectors(ModelReply reply) {
        List<ArrayNode> vectors = reply.json()
                .path("data")
                .valueStream()
                .sorted(Comparator.comparingInt(item -> item.path("index").asInt()))
                .map(item -> item.path("embedding"))
                .filter(ArrayNode.class::isInstance)
                .map(ArrayNode.class::cast)
                .toList();
        if (vectors.isEmpty()) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer has no vectors");
        }
        return vectors;
    }

    /** Of length 1, as Ollama's are and not all vendors'. */
    private static ArrayNode normalised(ArrayNode vector) {
        double squares = vector.valueStream()
                .mapToDouble(number -> number.doubleValue() * number.doubleValue())
                .sum();
        double length = Math.sqrt(squares);
        if (length == 0 || Math.abs(length - 1) < 1e-4) {
            return vector;
        }
        ArrayNode scaled = Json.array();
        vector.forEach(number -> scaled.add((float) (number.doubleValue() / length)));
        return scaled;
    }
}
