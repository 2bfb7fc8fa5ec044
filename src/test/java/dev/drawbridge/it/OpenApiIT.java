package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Operations;
import dev.drawbridge.fakes.Operations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The administration in the OpenAPI document. */
@ExtendWith(ShippedWar.class)
class OpenApiIT {
    private static JsonNode document;

    @BeforeAll
    static void read() {
        document = Http.get("/openapi?format=json").json();
    }

    private static List<Operation> administration() {
        return Operations.all().stream()
                .filter(operation -> operation.path().startsWith("/admin/v1/"))
                .toList();
    }

    private static JsonNode said(Operation operation) {
        return document.path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT));
    }

    @Test
    void every_operation_of_the_administration_is_described() {
        assertThat(administration()).hasSizeGreaterThan(30).allSatisfy(operation -> {
            assertThat(said(operation).path("operationId").asText())
                    .as(operation.toString())
                    .isNotEmpty();
            assertThat(said(operation).path("summary").asText())
                    .as(operation.toString())
                    .isNotEmpty();
        });
    }

    @Test
    void operations_have_ids_of_their_own() {
        List<String> ids = new ArrayList<>();
        document.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.has("operationId")) {
                        ids.add(operation.path("operationId").asText());
                    }
                }));

        assertThat(ids).contains("listTeams", "createKey", "rotateKey").doesNotHaveDuplicates();
    }

    @Test
    void names_are_those_of_the_documents() {
        JsonNode key = document.at("/components/schemas/Key/properties");

        assertThat(key.at("/limits/properties").has("requests-per-minute")).isTrue();
        assertThat(key.at("/budget/properties").has("soft-percent")).isTrue();
        assertThat(key.at("/id/readOnly").asBoolean()).isTrue();
        assertThat(document.at("/components/schemas/Project/properties").has("cost-centre"))
                .isTrue();
    }

    @Test
    void lists_changes_and_failures_have_their_forms() {
        JsonNode paths = document.path("paths");

        assertThat(paths.at(
                                "/~1admin~1v1~1teams/get/responses/200/content/application~1json/schema/properties/data/items")
                        .path("$ref")
                        .asText())
                .endsWith("/Team");
        assertThat(paths.at("/~1admin~1v1~1keys/post/parameters"))
                .extracting(parameter -> parameter.path("name").asText())
                .contains("Idempotency-Key");
        assertThat(paths.at("/~1admin~1v1~1keys~1{id}/patch/parameters"))
                .extracting(parameter -> parameter.path("name").asText())
                .contains("id", "If-Match");
        assertThat(paths.at("/~1admin~1v1~1keys/post/responses/4XX/content").has("application/problem+json"))
                .isTrue();
    }

    @Test
    void what_was_there_by_hand_is_still_there() {
        assertThat(document.at("/paths/~1v1~1chat~1completions/post").isMissingNode())
                .isFalse();
        assertThat(document.at("/components/schemas/TargetHealth").isMissingNode())
                .isFalse();
    }
}
