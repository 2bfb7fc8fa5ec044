package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Rate limit reached for gpt-4o in organization o on tokens per min (TPM): Limit 3, Used 3, Requested 1. Please try again in 20s. Visit the page | 20000
            Please try again in 6m0s. | 360000
            Please try again in 88ms. | 88
            Rate limit reached for model `m`. Please try again in 7m12.384s. | 432384
            Please retry after 7 seconds. Please go to the page | 7000
            Please retry after 1 second. | 1000
            Please retry in 34.074824224s. | 34075
            Please wait 3 minutes, and then ask | 180000
            try again in 1 day, 2 hours | 93600000
            """)
    void the_wait_that_a_sentence_asks_for_is_found(String sentence, long millis) {
        assertThat(Waits.inWords(sentence)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Please try again later.",
                "Retry with 5 messages",
                "It took 5s",
                "try again in 5 sausages",
                "wait for it"
            })
    void other_sentences_ask_for_none(String sentence) {
        assertThat(Waits.inWords(sentence)).isEmpty();
    }
}
