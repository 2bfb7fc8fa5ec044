package dev.drawbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.NdjsonReader;
import dev.drawbridge.wire.SseEvent;
import dev.drawbridge.wire.SseReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/** What the command line can do. Each command throws what went wrong in words for people. */
final class Commands {
    private final Gateway gateway;
    private final PrintStream out;

    Commands(Gateway gateway, PrintStream out) {
        this.gateway = gateway;
        this.out = out;
    }

    /** Asks a model and prints the answer as it comes. */
    void run(String model, String prompt) throws IOException, InterruptedException {
        ObjectNode request = Json.object().put("model", model).put("stream", true);
        request.putArray("messages").addObject().put("role", "user").put("content", prompt);
        try (InputStream answer = gateway.open("/v1/chat/completions", "text/event-stream", request)) {
            SseReader events = new SseReader(answer);
            for (Optional<SseEvent> event = events.next(); event.isPresent(); event = events.next()) {
                if (event.get().dataStartsWith("[DONE]")) {
                    out.println();
                    return;
                }
                print(JsonCodec.parse(event.get().data()));
            }
        }
        throw new IOException("the answer was cut off");
    }

    private void print(JsonNode chunk) throws IOException {
        if (chunk.has("error")) {
            out.println();
            throw new IOException(Json.text(chunk.path("error"), "message"));
        }
        out.print(Json.text(chunk.path("choices").path(0).path("delta"), "content"));
        out.flush();
    }

    /** The models that can be asked for. */
    void models() throws IOException, InterruptedException {
        for (JsonNode model : gateway.get("/v1/models").path("data")) {
            String context =
                    model.has("max_model_len") ? model.path("max_model_len").asText() + " tokens" : "";
            out.printf("%-45s %-20s %s%n", Json.text(model, "id"), Json.text(model, "owned_by"), context);
        }
    }

    /** Brings a model to the Ollama upstream, with its progress. */
    void pull(String model) throws IOException, InterruptedException {
        ObjectNode request = Json.object().put("model_path", model);
        try (InputStream answer = gateway.open("/models/download", "application/x-ndjson", request)) {
            NdjsonReader lines = new NdjsonReader(answer);
            String last = "";
            for (Optional<JsonNode> line = lines.next(); line.isPresent(); line = lines.next()) {
                last = progress(line.get(), last);
            }
        }
    }

    private String progress(JsonNode line, String last) throws IOException {
        for (String name : new String[] {"error", "detail"}) {
            if (line.path(name).isTextual()) {
                throw new IOException(line.path(name).textValue());
            }
        }
        long total = line.path("total").asLong();
        String done = total > 0 ? " " + line.path("completed").asLong() * 100 / total + " %" : "";
        String text = Json.text(line, "status") + Json.text(line, "message") + done;
        if (!text.equals(last)) {
            out.println(text);
        }
        return text;
    }

    /** Makes a configured model the one in use, or adds one by {@code provider/model}. */
    void use(String model, Optional<String> provider) throws IOException, InterruptedException {
        ObjectNode request = Json.object().put("model_name", model);
        provider.ifPresent(name -> request.put("provider_model", name));
        out.println(Json.text(gateway.post("/models/manage", request), "message"));
    }

    /** Whether the gateway answers. */
    void health() throws IOException, InterruptedException {
        out.println(Json.text(gateway.get("/api/health"), "status"));
    }

    /** Each upstream: reachable, authorised, models, latency. */
    void diagnose() throws IOException, InterruptedException {
        boolean well = true;
        for (JsonNode upstream : gateway.get("/admin/v1/diagnosis").path("upstreams")) {
            boolean good = upstream.path("reachable").asBoolean()
                    && upstream.path("authorised").asBoolean(true)
                    && Json.text(upstream, "error").isEmpty();
            well &= good;
            out.printf(
                    "%-4s %-20s %-14s %5s ms %4s models  %s%n",
                    good ? "ok" : "FAIL",
                    Json.text(upstream, "name"),
                    Json.text(upstream, "kind"),
                    upstream.path("latency_ms").asText("-"),
                    upstream.path("models").asText("-"),
                    Json.text(upstream, "error"));
        }
        if (!well) {
            throw new IOException("not every upstream is well");
        }
    }
}
