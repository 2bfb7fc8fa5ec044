package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vectors that know which words a text has and nothing of what they mean: each word, and each three letters of one, adds
 * to the place that its hash names. Texts that share words are so a little alike, as clients expect of embeddings.
 */
final class DemoEmbedding {
    private static final int DIMENSIONS = 256;
    private static final int MOST_DIMENSIONS = 4096;
    private static final float PART = 0.25f;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    /** Most of a vector; shared, since a batch has millions of them. */
    private static final JsonNode NOTHING = FloatNode.valueOf(0);

    private DemoEmbedding() {}

    /** The OpenAI embedding list for the request's input. */
    static ObjectNode answer(EmbeddingRequest request) {
        List<DemoPrompt> inputs = DemoPrompt.read(request.json(), "input");
        int dimensions = DemoPrompt.integer(request.json(), "dimensions", 1, MOST_DIMENSIONS)
                .orElse(DIMENSIONS);
        ObjectNode answer = Json.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        long tokens = 0;
        for (DemoPrompt input : inputs) {
            tokens += input.tokens();
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            entry.set("embedding", json(vector(input.text(), dimensions)));
        }
        answer.put("model", request.model());
        answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return answer;
    }

    /** A vector of length 1. */
    private static float[] vector(String text, int dimensions) {
        float[] vector = new float[dimensions];
        Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        boolean empty = true;
        while (words.find()) {
            empty = false;
            add(vector, words.group(), 1);
            for (int i = words.start(); i + 3 <= words.end(); i++) {
                add(vector, text.substring(i, i + 3), PART);
            }
        }
        if (empty) {
            add(vector, text, 1);
        }
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    private static void add(float[] vector, String feature, float weight) {
        // The end of MurmurHash3, since the hash codes of similar words lie side by side.
        int hash = feature.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        vector[Math.floorMod(hash ^ (hash >>> 16), vector.length)] += weight;
    }

    private static ArrayNode json(float[] vector) {
        ArrayNode json = Json.array();
        for (float value : vector) {
            json.add(value == 0 ? NOTHING : FloatNode.valueOf(value));
        }
        return json;
    }
}
