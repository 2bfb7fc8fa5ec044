package dev.drawbridge.inference;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.text.TokenEstimate;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimateTest {

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0",
        "Hello, 1, 1",
        "hello world, 2, 2",
        "The quick brown fox jumps over the lazy dog., 9, 11",
        "Voix ambiguë d’un cœur qui préfère les jattes de kiwis, 10, 25",
        "こんにちは世界, 1, 7"
    })
    void texts_count_about_as_their_tokenizer_counts(String text, long atLeast, long atMost) {
        assertThat(TokenEstimate.ofText(text)).isBetween(atLeast, atMost);
    }

    @Test
    void words_that_mean_something_to_a_tokenizer_are_only_text() {
        assertThat(TokenEstimate.ofText("<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    void a_conversation_counts_its_words_and_the_frame_of_each_message() {
        long words = TokenEstimate.ofText("You are terse.") + TokenEstimate.ofText("Hello there");

        assertThat(TokenEstimate.ofPrompt(chat("""
                        {'messages': [{'role': 'system', 'content': 'You are terse.'},
                                      {'role': 'user', 'content': 'Hello there'}]}"""))).isEqualTo(words + 2 * 4);
    }

    @Test
    void images_count_whatever_the_length_of_their_data() {
        String image = "{'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,%s'}}";
        long one = TokenEstimate.ofPrompt(withParts(image.formatted("AAAA")));
        long large = TokenEstimate.ofPrompt(withParts(image.formatted("A".repeat(1_000_000))));
        long two = TokenEstimate.ofPrompt(withParts(image.formatted("A") + "," + image.formatted("A")));

        assertThat(one).isBetween(500L, 2000L).isEqualTo(large);
        assertThat(two - one).isBetween(500L, 2000L);
    }

    @Test
    void tools_and_calls_of_tools_count() {
        String messages = "'messages': [{'role': 'user', 'content': 'Hi'}]";
        String tools = ", 'tools': [{'type': 'function', 'function': {'name': 'weather', 'parameters': {}}}]";
        String called = "{'messages': [{'role': 'assistant', 'content': null, 'tool_calls': "
                + "[{'id': 'c', 'type': 'function', 'function': {'name': 'weather', 'arguments': '{}'}}]}]}";

        assertThat(TokenEstimate.ofPrompt(chat("{" + messages + tools + "}")))
                .isGreaterThan(TokenEstimate.ofPrompt(chat("{" + messages + "}")) + 5);
        assertThat(TokenEstimate.ofPrompt(chat(called))).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"one two\"|2",
                "[\"one two\", \"three\"]|3",
                "[101, 102, 103]|3",
                "[[101, 102], [103]]|3",
                "[]|0",
                "null|0"
            })
    void texts_and_token_ids_count(String input, long tokens) {
        String value = input.replace('"', '\'');

        assertThat(TokenEstimate.ofPrompt(new EmbeddingRequest(object("{'input': " + value + "}"))))
                .isEqualTo(tokens);
        assertThat(TokenEstimate.ofPrompt(new CompletionRequest(object("{'prompt': " + value + "}"))))
                .isEqualTo(tokens);
    }

    @Test
    void what_comes_after_the_gap_is_read_too() {
        assertThat(TokenEstimate.ofPrompt(new CompletionRequest(object("{'prompt': 'one', 'suffix': 'two'}"))))
                .isEqualTo(2);
    }

    @Test
    void everything_of_an_answer_counts() {
        assertThat(TokenEstimate.ofReply(json("""
                        {'choices': [{'message': {'content': 'one', 'reasoning_content': 'two', 'tool_calls':
                                       [{'function': {'name': 'three', 'arguments': 'four'}}]}},
                                     {'message': {'content': null}}, {'text': 'five'}, {'delta': {'content': 'six'}}]}"""))).isEqualTo(6);
    }

    @Test
    void an_answer_without_choices_has_no_tokens() {
        assertThat(TokenEstimate.ofReply(json("{'data': [{'embedding': [1]}]}")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "漢字漢字", "🙂🙂🙂", "zqxj9&%$§", "éàüœ"})
    void the_bound_is_never_exceeded(String text) {
        ModelRequest request = chat("{'messages': [{'role': 'user', 'content': '" + text.repeat(20)
                + "'}, {'role': 'user', 'content': [{'type': 'image_url'}]}]}");

        assertThat(TokenEstimate.boundOfPrompt(request)).isGreaterThanOrEqualTo(TokenEstimate.ofPrompt(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "漢", "word "})
    @Timeout(value = 4, unit = TimeUnit.SECONDS)
    void the_longest_text_that_is_counted_takes_no_long_time(String text) {
        assertThat(TokenEstimate.ofText(text.repeat(400_000 / text.length()))).isBetween(1_000L, 400_000L);
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.SECONDS)
    void random_letters_take_no_long_time() {
        String letters = new Random(7)
                .ints(400_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(TokenEstimate.ofText(letters)).isBetween(100_000L, 400_000L);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.SECONDS)
    void a_longer_text_is_only_measured() {
        assertThat(TokenEstimate.ofText("漢".repeat(20_000_000))).isEqualTo(5_000_000);
    }

    private static ChatRequest chat(String json) {
        return new ChatRequest(object(json));
    }

    private static ChatRequest withParts(String parts) {
        return chat("{'messages': [{'role': 'user', 'content': [" + parts + "]}]}");
    }
}
