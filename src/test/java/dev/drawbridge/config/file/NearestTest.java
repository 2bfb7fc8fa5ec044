package dev.drawbridge.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
    private static final List<String> NAMES =
            List.of("llama-3.3-70b", "mistral-small", "lab", "ovh", "GPT-4o", "api-key", "timeouts");

    @ParameterizedTest
    @CsvSource({
        "lab, lab",
        "labb, lab",
        "LAB, lab",
        "bal, lab",
        "ohv, ovh",
        "gpt4o, GPT-4o",
        "apikey, api-key",
        "timeout, timeouts",
        "mistral, mistral-small",
        "mistral-smal, mistral-small",
        "llama-3.3-70b-instruct, llama-3.3-70b"
    })
    void a_slip_finds_the_name_that_was_meant(String typed, String meant) {
        assertThat(Nearest.to(typed, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzzzzzzz", "claude-opus", "completely different"})
    void a_name_that_is_like_none_finds_none(String typed) {
        assertThat(Nearest.to(typed, NAMES)).isEmpty();
    }

    @Test
    void the_nearest_come_first_and_not_more_than_wanted() {
        List<String> names = List.of("qwen3-8b", "qwen3-14b", "qwen3-4b", "qwen2-4b", "llama");

        assertThat(Nearest.to("qwen3-4", names, 3)).containsExactly("qwen3-4b", "qwen2-4b", "qwen3-14b");
        assertThat(Nearest.to("llma", names, 1)).containsExactly("llama");
    }

    @Test
    void equals_come_in_the_order_of_their_names() {
        assertThat(Nearest.to("ax", List.of("ad", "ab", "ac"), 3)).containsExactly("ab", "ac", "ad");
    }

    @Test
    void nothing_is_near_to_nothing() {
        assertThat(Nearest.to("", List.of(), 3)).isEmpty();
        assertThat(Nearest.to("lab", List.of())).isEmpty();
    }
}
