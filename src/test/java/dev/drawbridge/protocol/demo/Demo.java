package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The demo upstream as the gateway has it, and short ways to ask it. Single quotes stand for JSON's double ones. */
final class Demo {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private Demo() {}

    static DemoProvider provider(Duration pace) {
        return new DemoProvider(pace, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Target target() {
        return Lab.target(Lab.upstream("{name: demo, kind: demo}"), "demo");
    }

    static JsonNode json(String text) {
        return Lab.json(text);
    }

    /** A chat with one message of the user; {@code more} are further fields. */
    static ChatRequest user(String text, String more) {
        return chat("[{'role':'system','content':'Be brief'},{'role':'user','content':'" + text + "'}]", more);
    }

    static ChatRequest chat(String messages, String more) {
        return new ChatRequest((ObjectNode) json("{'model':'demo','messages':" + messages + more(more) + "}"));
    }

    static CompletionRequest completion(String prompt, String more) {
        return new CompletionRequest((ObjectNode) json("{'model':'demo','prompt':" + prompt + more(more) + "}"));
    }

    static EmbeddingRequest embedding(String input, String more) {
        return new EmbeddingRequest((ObjectNode) json("{'model':'demo-embedding','input':" + input + more(more) + "}"));
    }

    static ObjectNode answer(ModelRequest request) {
        return provider(Duration.ZERO)
                .answer(target(), request, new CallScope())
                .json();
    }

    /** The text of the only choice. */
    static String content(ModelRequest request) {
        return answer(request).at("/choices/0/message/content").asText();
    }

    static List<ObjectNode> chunks(ModelRequest request) {
        try (ModelStream stream = provider(Duration.ZERO).stream(target(), request, new CallScope())) {
            List<ObjectNode> chunks = new ArrayList<>();
            for (Optional<ModelChunk> chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
                chunks.add(chunk.get().json());
            }
            return chunks;
        }
    }

    /** The texts at a place of the chunks, such as {@code /choices/0/delta/content}, joined. */
    static String joined(List<ObjectNode> chunks, String place) {
        StringBuilder joined = new StringBuilder();
        chunks.forEach(chunk -> joined.append(chunk.at(place).asText("")));
        return joined.toString();
    }

    private static String more(String more) {
        return more.isEmpty() ? "" : "," + more;
    }
}
