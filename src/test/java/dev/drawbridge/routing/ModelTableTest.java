package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTableTest {
    private final ModelTable table = Tables.of("""
            upstreams:
              - {name: closed, kind: demo}
              - {name: open, kind: demo}
              - {name: both, kind: demo, discovery: true}
              - {name: shut, kind: demo, discovery: false}
              - {name: ovh, kind: ovhcloud}
            models:
              - {id: Llama, aliases: [Lama, small], targets: [{upstream: closed}]}
              - {id: llama, targets: [{upstream: both}]}
              - {id: 'smollm2:135m', targets: [{upstream: closed}]}
              - {id: 'pinned:latest', targets: [{upstream: closed}]}
              - {id: org/model, targets: [{upstream: closed}]}
              - {id: open/mine, targets: [{upstream: closed, model: theirs}]}
            """);

    @ParameterizedTest
    @CsvSource({
        "Llama, Llama",
        "llama, llama",
        "LLAMA, llama",
        "llama:latest, llama",
        "LLAMA:LATEST, llama",
        "Lama, Llama",
        "lama:latest, Llama",
        "SMALL, Llama",
        "smollm2:135m, smollm2:135m",
        "SmolLM2:135M, smollm2:135m",
        "smollm2:135m:latest, smollm2:135m",
        "pinned:latest, pinned:latest",
        "pinned, pinned:latest",
        "org/model, org/model",
        "Org/Model:latest, org/model",
        "open/mine, open/mine"
    })
    void a_name_is_found_exactly_first_and_then_in_any_spelling(String name, String id) {
        assertThat(table.find(name).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "open/any-model, any-model",
        "open/deep/name:7b, deep/name:7b",
        "both/llama, llama",
        "both/Any:latest, Any:latest"
    })
    void a_model_of_an_open_upstream_can_be_addressed(String name, String model) {
        Route route = table.find(name);

        assertThat(route.id()).isEqualTo(name);
        assertThat(route.choices()).hasSize(1);
        assertThat(route.choices().getFirst().target().model()).isEqualTo(model);
        assertThat(route.choices().getFirst().target().upstream().name())
                .isEqualTo(name.substring(0, name.indexOf('/')));
    }

    @ParameterizedTest
    @CsvSource({
        "ovh/Mistral-7B-Instruct-v0.3, ovh/mistral-7b-instruct-v0.3",
        "ovh/mistral-7b-instruct-v0.3, ovh/mistral-7b-instruct-v0.3",
        "ovh/unheard-of, ovh/unheard-of"
    })
    void an_address_is_known_by_the_name_that_the_catalogue_has_for_the_model(String name, String id) {
        assertThat(table.find(name).id()).isEqualTo(id);
        assertThat(table.only((allowed, asked) -> allowed.equals(id)).hides(name))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "closed/any",
                "shut/any",
                "nobody/any",
                "open/",
                "/any",
                "Open/any",
                "smollm2:360m",
                "smollm2",
                "",
                "open"
            })
    void no_other_name_is_known(String name) {
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> table.find(name));

        assertThat(failure.kind()).isEqualTo(ErrorKind.MODEL_NOT_FOUND);
        assertThat(failure.param()).contains("model");
        assertThat(failure.message())
                .startsWith("The model \"" + name + "\" does not exist or you have no access to it");
    }

    @Test
    void the_nearest_names_are_told() {
        assertThat(catchThrowableOfType(GatewayException.class, () -> table.find("lamma"))
                        .message())
                .endsWith("; did you mean Llama, llama?");
        assertThat(catchThrowableOfType(GatewayException.class, () -> table.find("something-else"))
                        .message())
                .endsWith("; GET /v1/models lists all");
    }

    @Test
    void what_is_not_for_somebody_is_not_there_for_them() {
        ModelTable some =
                table.only((id, name) -> id.equals("llama") || name.equals("small") || id.startsWith("open/"));

        assertThat(some.routes()).extracting(Route::id).containsExactly("llama", "open/mine");
        assertThat(some.find("LLAMA").id()).isEqualTo("llama");
        assertThat(some.find("small").id()).as("by an alias that is for them").isEqualTo("Llama");
        assertThat(some.find("open/any").id()).isEqualTo("open/any");
        assertThat(some.listed("Lama")).isEmpty();
        assertThat(some.hides("org/model")).isTrue();
        assertThat(some.hides("both/any")).isTrue();
        assertThat(some.hides("small")).isFalse();
        for (String hidden : new String[] {"Llama", "Lama", "org/model", "both/any", "smollm2:135m"}) {
            assertThat(message(some, hidden)).startsWith("The model \"" + hidden + "\" does not exist");
        }
    }

    @Test
    void hints_name_nothing_that_is_not_for_the_caller() {
        ModelTable some = table.only((id, name) -> id.equals("llama"));

        assertThat(message(some, "lamma")).endsWith("; did you mean llama?");
        assertThat(message(some, "org/modell")).endsWith("; GET /v1/models lists all");
        assertThat(message(table, "org/modell")).endsWith("; did you mean org/model?");
    }

    private static String message(ModelTable table, String name) {
        return catchThrowableOfType(GatewayException.class, () -> table.find(name))
                .message();
    }

    @Test
    void the_routes_are_listed_once_each_in_the_order_of_the_file() {
        assertThat(table.routes())
                .extracting(Route::id)
                .containsExactly("Llama", "llama", "smollm2:135m", "pinned:latest", "org/model", "open/mine");
    }

    @Test
    void a_route_that_comes_later_does_not_take_a_name_away() {
        Route first = table.find("Llama");
        table.add(table.find("open/Llama"));
        table.add(new Route(
                "later",
                first.aliases(),
                first.facts(),
                first.choices(),
                first.fallbacks(),
                first.routing(),
                first.rules()));

        assertThat(table.find("Llama")).isSameAs(first);
        assertThat(table.find("small")).isSameAs(first);
        assertThat(table.find("lama")).isSameAs(first);
        assertThat(table.find("later").id()).isEqualTo("later");
    }
}
