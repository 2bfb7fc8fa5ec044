package dev.drawbridge.admin.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.Secret;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.json.Documents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenCredentialTest {

    private static List<Secret> secrets(String json) {
        return Documents.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), GivenCredential.class)
                .secrets();
    }

    @Test
    void one_or_several_are_taken_in_their_order_and_each_once() {
        assertThat(secrets("{'api-key':'b','api-keys':['a','b','c']}"))
                .extracting(Secret::reveal)
                .containsExactly("b", "a", "c");
        assertThat(secrets("{'api-keys':['~!']}")).extracting(Secret::reveal).containsExactly("~!");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|api-key",
                "{'api-key':null}|api-key",
                "{'api-keys':[]}|api-key",
                "{'api-key':' topsecret'}|api-key",
                "{'api-key':'topsecret\\n'}|api-key",
                "{'api-keys':['a','topsecret\\u00e9']}|api-keys[1]",
                "{'api-keys':'topsecret'}|api-keys",
                "{'api-key':['topsecret']}|api-key",
                "{'apikey':'topsecret'}|apikey"
            })
    void what_is_wrong_is_told_with_its_field_and_without_its_value(String json, String field) {
        assertThatThrownBy(() -> secrets(json))
                .isInstanceOfSatisfying(GatewayException.class, e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
                    assertThat(e.param()).contains(field);
                })
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void there_is_an_end_to_it() {
        String many = IntStream.range(0, 65).mapToObj(i -> "k" + i).collect(Collectors.joining("','"));

        assertThatThrownBy(() -> secrets("{'api-keys':['" + many + "']}")).hasMessageContaining("at most 64");
        assertThatThrownBy(() -> secrets("{'api-key':'" + "k".repeat(4097) + "'}"))
                .hasMessageContaining("1 to 4096");
    }
}
