package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTokensTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Hello, world!",
                "  two\n\nlines \t",
                "日本語のテキストは空白なしで続きます",
                "e\u0301 😀👩‍👩‍👧 \ud83d broken",
                "{\"a\":[1,2.5,null]}",
                "\u00a0no-break\u2003spaces "
            })
    void the_pieces_of_a_text_join_to_the_text(String text) {
        assertThat(String.join("", DemoTokens.split(text))).isEqualTo(text);
        assertThat(DemoTokens.split(text)).doesNotContain("").hasSize(DemoTokens.count(text));
    }

    @Test
    void a_piece_is_a_word_or_a_sign_with_the_space_before_it() {
        assertThat(DemoTokens.split("Hello, big world! ")).containsExactly("Hello", ",", " big", " world", "!", " ");
    }

    @Test
    void a_long_word_is_several_pieces() {
        assertThat(DemoTokens.split("a".repeat(30))).hasSize(3);
    }

    @Test
    void a_long_run_of_spaces_takes_no_time() {
        assertThat(DemoTokens.count((" ".repeat(500_000) + "x").repeat(2) + " ".repeat(500_000)))
                .isEqualTo(3);
    }
}
