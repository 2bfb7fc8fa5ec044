package dev.drawbridge.inference;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String TEXT = "{'a': 1, 'b': {'c': [1, 2]}, 'd': null}";
    private final ObjectNode tree = object(TEXT);

    @AfterEach
    void the_original_is_never_changed() {
        assertThat(tree).isEqualTo(object(TEXT));
    }

    @Test
    void a_copy_can_be_changed_and_shares_its_children() {
        ObjectNode copy = Json.copy(tree);
        copy.put("a", 2).remove("d");

        assertThat(copy).isEqualTo(object("{'a': 2, 'b': {'c': [1, 2]}}"));
        assertThat(copy.get("b")).isSameAs(tree.get("b"));
    }

    @Test
    void a_field_is_set_in_a_copy_at_its_old_place() {
        assertThat(Json.with(tree, "a", IntNode.valueOf(9)).toString()).startsWith("{\"a\":9,\"b\":");
        assertThat(Json.with(tree, "e", "new"))
                .isEqualTo(object("{'a': 1, 'b': {'c': [1, 2]}, 'd': null, 'e': 'new'}"));
    }

    @Test
    void a_field_is_left_out_of_a_copy() {
        assertThat(Json.without(tree, "b")).isEqualTo(object("{'a': 1, 'd': null}"));
        assertThat(Json.without(tree, "d").has("d")).isFalse();
    }

    @Test
    void without_a_field_that_is_not_there_is_the_same_tree() {
        assertThat(Json.without(tree, "x")).isSameAs(tree);
    }

    @Test
    void the_objects_of_a_list_are_replaced_and_the_rest_stays() {
        JsonNode list = json("[{'a': 1}, 'text', null, [{'a': 1}], {'b': 2}]");

        assertThat((JsonNode) Json.map(list, element -> Json.with(element, "x", "y")))
                .isEqualTo(json("[{'a': 1, 'x': 'y'}, 'text', null, [{'a': 1}], {'b': 2, 'x': 'y'}]"));
        assertThat(list).isEqualTo(json("[{'a': 1}, 'text', null, [{'a': 1}], {'b': 2}]"));
    }

    @Test
    void what_is_no_list_has_no_elements() {
        assertThat(Json.map(json("{}").path("x"), element -> element)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'f': null}", "{'f': 1}", "{'f': ['a']}", "{'f': {'f': 'a'}}", "{'f': true}"})
    void text_that_is_not_there_is_empty(String document) {
        assertThat(Json.text(json(document), "f")).isEmpty();
    }

    @Test
    void text_is_found() {
        assertThat(Json.text(json("{'f': 'words'}"), "f")).isEqualTo("words");
        assertThat(Json.text(json("['words']"), "f")).isEmpty();
    }

    @Test
    void null_is_not_present_and_false_is() {
        assertThat(Json.present(tree, "a")).isTrue();
        assertThat(Json.present(tree, "d")).isFalse();
        assertThat(Json.present(tree, "x")).isFalse();
        assertThat(Json.present(json("{'f': false}"), "f")).isTrue();
        assertThat(Json.present(json("{'f': ''}"), "f")).isTrue();
    }
}
