package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators do to things that are not in the database is in the audit all the same. */
@ExtendWith(ShippedWar.class)
class AuditIT {
    @Test
    void what_ollamas_clients_do_to_models_is_there() {
        World.OLLAMA
                .on("/api/copy", 200, "")
                .on("/api/delete", 200, "")
                .on("/api/pull", 200, "{\"status\":\"success\"}\n")
                .on("/api/create", 200, "{\"status\":\"success\"}\n");

        Http.post("/api/copy", "{'source':'llama','destination':'mine'}");
        assertThat(last("ollama-model", "mine"))
                .isEqualTo("copy {\"upstream\":\"ollama\",\"model\":\"mine\",\"source\":\"llama\"}");
        send("DELETE", "/api/delete", "{\"model\":\"llama\"}");
        assertThat(last("ollama-model", "llama")).isEqualTo("delete {\"upstream\":\"ollama\",\"model\":\"llama:1b\"}");
        Http.post("/api/pull", "{'model':'fetched','stream':false}");
        assertThat(last("ollama-model", "fetched")).startsWith("pull ");
        Http.post("/api/create", "{'model':'made','from':'llama','stream':false}");
        assertThat(last("ollama-model", "made")).startsWith("create ").contains("\"from\":\"llama\"");
        // What was refused was not done.
        send("DELETE", "/api/delete", "{\"model\":\"adapted\"}");
        assertThat(last("ollama-model", "adapted")).isEmpty();
    }

    @Test
    void downloads_are_there() {
        World.OLLAMA.on("/api/pull", 200, "{\"status\":\"success\"}\n");

        Http.post("/models/download", "{'model_path':'audited:1b'}");

        assertThat(last("model", "audited:1b")).startsWith("download");
    }

    @Test
    void to_forgive_upstreams_is_there() {
        Http.Reply reply = send("DELETE", "/admin/v1/upstreams/health", "");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(last("upstreams", "")).startsWith("forgive");
    }

    private static Http.Reply send(String method, String path, String json) {
        return Http.send(Http.request(path)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    /** Action and document of the newest entry, or empty. */
    static String last(String kind, String id) {
        JsonNode entry = Http.get("/admin/v1/audit?kind=" + kind + (id.isEmpty() ? "" : "&id=" + id))
                .json()
                .path("data")
                .path(0);
        return entry.isMissingNode() ? "" : entry.path("action").asText() + " " + entry.path("after");
    }
}
