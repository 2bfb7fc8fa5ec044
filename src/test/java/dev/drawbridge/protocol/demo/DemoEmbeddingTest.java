package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoEmbeddingTest {

    @Test
    void an_answer_has_the_form_of_an_embedding_list() {
        ObjectNode answer = Demo.answer(Demo.embedding("['red cat','blue']", ""));
        assertThat(answer.path("object").asText()).isEqualTo("list");
        assertThat(answer.path("model").asText()).isEqualTo("demo-embedding");
        assertThat(answer.at("/data/1/object").asText()).isEqualTo("embedding");
        assertThat(answer.path("data"))
                .extracting(entry -> entry.path("index").asInt())
                .containsExactly(0, 1);
        assertThat(answer.at("/data/0/embedding")).hasSize(256);
        assertThat(answer.path("usage")).hasToString("{\"prompt_tokens\":3,\"total_tokens\":3}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'a cat'|1", "['a','b']|2", "[5,6,7]|1", "[[5,6],[7]]|2", "''|1"})
    void texts_and_tokens_make_vectors(String input, int vectors) {
        JsonNode data = Demo.answer(Demo.embedding(input, "")).path("data");
        assertThat(data)
                .hasSize(vectors)
                .allSatisfy(entry -> assertThat(product(entry.path("embedding"), entry.path("embedding")))
                        .isCloseTo(1, within(1e-5)));
    }

    @Test
    void tokens_are_counted_as_such() {
        assertThat(Demo.answer(Demo.embedding("[[5,6],[7]]", ""))
                        .at("/usage/total_tokens")
                        .asInt())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1024, 4096})
    void a_vector_is_as_long_as_asked_for(int dimensions) {
        JsonNode vector = vector("Good morning", "'dimensions':" + dimensions);
        assertThat(vector).hasSize(dimensions);
        assertThat(product(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4097", "-1", "2.5", "'many'"})
    void other_lengths_are_refused(String dimensions) {
        GatewayException failure = catchThrowableOfType(
                GatewayException.class, () -> Demo.answer(Demo.embedding("'a'", "'dimensions':" + dimensions)));
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.param()).contains("dimensions");
    }

    @Test
    void what_is_no_input_is_refused() {
        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> Demo.answer(Demo.embedding("[]", "")));
        assertThat(failure.param()).contains("input");
    }

    @Test
    void the_same_text_has_the_same_vector_and_a_similar_one_a_similar_vector() {
        JsonNode text = vector("The cat sleeps on the sofa", "");
        assertThat(vector("The cat sleeps on the sofa", "")).isEqualTo(text);
        double similar = product(text, vector("A cat is sleeping on a sofa", ""));
        double other = product(text, vector("Quarterly profits rose by seven percent", ""));
        assertThat(similar).isBetween(0.3, 0.99);
        assertThat(other).isLessThan(0.25);
    }

    private static JsonNode vector(String text, String more) {
        return Demo.answer(Demo.embedding("'" + text + "'", more)).at("/data/0/embedding");
    }

    private static double product(JsonNode one, JsonNode other) {
        double product = 0;
        for (int i = 0; i < one.size(); i++) {
            product += one.get(i).doubleValue() * other.get(i).doubleValue();
        }
        return product;
    }
}
