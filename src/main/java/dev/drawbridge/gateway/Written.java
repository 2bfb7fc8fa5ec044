package dev.drawbridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.text.TokenEstimate;

/** What a streamed answer has said so far, counted a good piece at a time, so that even an endless one takes no memory. */
final class Written {
    private static final int LONGEST_PIECE = 16_384;

    private final StringBuilder piece = new StringBuilder();
    private long counted;

    void add(JsonNode chunk) {
        for (JsonNode choice : chunk.path("choices")) {
            JsonNode delta = choice.path("delta");
            piece.append(Json.text(delta, "content")).append(Json.text(delta, "reasoning_content"));
            piece.append(Json.text(choice, "text"));
            delta.path("tool_calls")
                    .forEach(tool -> piece.append(Json.text(tool.path("function"), "name"))
                            .append(Json.text(tool.path("function"), "arguments")));
        }
        if (piece.length() > LONGEST_PIECE) {
            counted = tokens();
            piece.setLength(0);
        }
    }

    /** An estimate. */
    long tokens() {
        return counted + TokenEstimate.ofText(piece.toString());
    }
}
