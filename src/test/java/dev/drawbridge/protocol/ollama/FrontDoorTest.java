package dev.drawbridge.protocol.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontDoorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/html",
                "TEXT/HTML;q=0.5, */*;q=0.1",
                "text/plain;q=0.5, text/html"
            })
    void people_want_a_page(String accept) {
        assertThat(FrontDoor.prefersPage(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "",
                "application/json",
                "text/plain",
                "text/plain, text/html;q=0.5",
                "text/html;q=0",
                "text/html;q=x"
            })
    void programs_want_a_word(String accept) {
        assertThat(FrontDoor.prefersPage(accept)).isFalse();
    }

    @Test
    void who_says_nothing_is_a_program() {
        assertThat(FrontDoor.prefersPage(null)).isFalse();
    }
}
