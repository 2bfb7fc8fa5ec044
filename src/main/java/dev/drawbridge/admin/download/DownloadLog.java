package dev.drawbridge.admin.download;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a download has said so far, as the program on the command line would have printed it. Thread-safe. */
final class DownloadLog {
    private static final String BEGINNING = "pulling manifest";

    /** The registry's own words inside of Ollama's. */
    private static final Pattern INNER = Pattern.compile("\\{\\s*\"error\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Set<String> statuses = new LinkedHashSet<>();
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private ObjectNode last = Json.object();

    private record Layer(long total, long completed) {}

    synchronized void add(ObjectNode line) {
        last = line;
        statuses.add(Json.text(line, "status"));
        long total = line.path("total").asLong();
        if (total > 0) {
            layers.put(
                    Json.text(line, "digest"),
                    new Layer(total, line.path("completed").asLong()));
        }
    }

    /** The steps, one a line. */
    synchronized String text() {
        return statuses.isEmpty() ? "" : String.join("\n", statuses) + "\n";
    }

    /** The steps, and why the last of them failed. */
    synchronized String failed(String reason) {
        Matcher inner = INNER.matcher(reason);
        String why = inner.find() ? inner.group(1).replace("\\\"", "\"") : reason;
        String steps = statuses.isEmpty() ? BEGINNING : String.join("\n", statuses);
        return steps + "... " + why + "\n";
    }

    /** {@code {"status","total"?,"completed"?,"percent"?}}, bytes, of all layers that are known so far. */
    synchronized ObjectNode progress() {
        ObjectNode progress = Json.object().put("status", Json.text(last, "status"));
        long total = layers.values().stream().mapToLong(Layer::total).sum();
        if (total > 0) {
            long completed =
                    layers.values().stream().mapToLong(Layer::completed).sum();
            progress.put("total", total).put("completed", completed).put("percent", completed * 100 / total);
        }
        return progress;
    }
}
