package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway says of itself. */
@ExtendWith(ShippedWar.class)
class PagesIT {

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/health/started"})
    void health_is_up(String path) {
        Http.Reply reply = Http.get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("status").asText()).isEqualTo("UP");
    }

    @Test
    void readiness_counts_models_and_upstreams() {
        var data = Http.get("/health/ready").json().path("checks").path(0).path("data");
        assertThat(data.path("upstreams").asInt()).isEqualTo(6);
        assertThat(data.path("models").asInt()).isEqualTo(9);
    }

    @Test
    void the_plain_health_answer_is_json() {
        Http.Reply reply = Http.get("/api/health");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.json().path("status").asText()).isEqualTo("ok");
    }

    @Test
    void the_openapi_document_describes_every_path() {
        Http.Reply reply = Http.get("/openapi?format=json");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("paths").properties())
                .extracting(path -> path.getKey())
                .contains(
                        "/v1/chat/completions",
                        "/v1/completions",
                        "/v1/embeddings",
                        "/v1/models",
                        "/v1/models/{model}",
                        "/api/health",
                        "/api/version",
                        "/api/tags",
                        "/api/ps",
                        "/api/show",
                        "/api/chat",
                        "/api/generate",
                        "/api/embed",
                        "/api/embeddings");
    }

    @Test
    void the_page_on_the_api_finds_its_scripts_and_styles() {
        Http.Reply page = Http.get("/docs/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.body()).doesNotContain("${");
        assertThat(linked(page.body()))
                .anyMatch(link -> link.endsWith("swagger-ui-bundle.js"))
                .anyMatch(link -> link.endsWith("swagger-ui.css"))
                .anyMatch(link -> link.endsWith("docs.js"))
                .allSatisfy(link -> assertThat(Http.get(link).status()).as(link).isEqualTo(200));
    }

    @Test
    void scripts_are_served_as_scripts() {
        assertThat(Http.get("/docs/docs.js").header("content-type")).contains("javascript");
        assertThat(Http.get("/docs/docs.js").body()).contains("SwaggerUIBundle");
    }

    @Test
    void the_schema_of_the_configuration_is_served_for_editors() {
        Http.Reply reply = Http.get("/schema/drawbridge.json");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("properties").has("upstreams")).isTrue();
    }

    /** Paths of what a page under {@code /docs/} needs. */
    private static Stream<String> linked(String html) {
        return Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(match -> URI.create("/docs/").resolve(match.group(1)).getPath());
    }
}
