package dev.drawbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    @Test
    void a_document_survives_reading_and_writing() throws IOException {
        String text = "{\"z\":1,\"a\":[true,null,1.50,\"é\\n\u2028\"],\"unknown\":{\"b\":-0.0}}";

        assertThat(new String(JsonCodec.write(parse(text)), StandardCharsets.UTF_8))
                .startsWith("{\"z\":1,\"a\":[true,null,1.5")
                .contains("\"é\\n\u2028\"")
                .endsWith("\"unknown\":{\"b\":-0.0}}");
    }

    @Test
    void what_is_written_has_no_line_breaks() throws IOException {
        assertThat(JsonCodec.write(parse("{\n \"a\": \"x\\r\\ny\"\n}"))).doesNotContain('\n', '\r');
    }

    @Test
    void a_part_of_a_buffer_can_be_read() throws IOException {
        byte[] buffer = "data: {\"a\":1} rest".getBytes(StandardCharsets.UTF_8);

        assertThat(JsonCodec.parse(buffer, 6, 7).path("a").asInt()).isEqualTo(1);
    }

    @Test
    void nesting_is_allowed_up_to_its_limit() throws IOException {
        assertThat(parse(nested(JsonCodec.MAX_DEPTH)).isArray()).isTrue();

        assertThatThrownBy(() -> parse(nested(JsonCodec.MAX_DEPTH + 1)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("nested more than 200 levels deep");
    }

    @Test
    void an_attack_with_endless_nesting_ends_without_a_stack_overflow() {
        assertThatThrownBy(() -> parse("[".repeat(5_000_000))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void a_number_without_end_is_refused() {
        assertThatThrownBy(() -> parse("1".repeat(100_000))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void a_string_as_long_as_an_image_is_read() throws IOException {
        int length = 30 * 1024 * 1024;

        assertThat(parse("\"" + "A".repeat(length) + "\"").textValue()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}x", "[1]]", "1 2", "{}\n{}"})
    void what_follows_the_document_is_refused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} ", "\n{}\r\n", "\t[]\n\n"})
    void white_space_around_the_document_does_no_harm(String text) throws IOException {
        assertThat(parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a': secret}|1",
                "{'a': 1,}|1",
                "{'secret|1",
                "['secret' 'more']|1",
                "{'a':1}secret|1",
                "NaN|1",
                "undefined|1"
            })
    void a_mistake_is_reported_with_its_place_and_without_the_text(String text, int line) {
        String json = text.replace('\'', '"');

        MalformedJsonException failure = catchThrowableOfType(MalformedJsonException.class, () -> parse(json));

        assertThat(failure)
                .hasMessageMatching("is not valid JSON \\(line " + line + ", column \\d+\\)")
                .hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("secret");
    }

    @Test
    void the_place_counts_lines() {
        assertThatThrownBy(() -> parse("{\n \"a\": 1,\n \"b\": oops\n}")).hasMessageContaining("line 3, column ");
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        byte[] latin1 = "{\"a\":\"caf\u00e9 secret\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> JsonCodec.parse(latin1))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("is not ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void bytes_that_are_no_text_at_all_are_refused() {
        byte[] bytes = {0, 0, 0, '"', 0, 127, 0, 0};

        assertThatThrownBy(() -> JsonCodec.parse(bytes)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void whole_numbers_keep_all_their_digits() throws IOException {
        assertThat(new String(JsonCodec.write(parse("[9007199254740993,-1]")), StandardCharsets.UTF_8))
                .isEqualTo("[9007199254740993,-1]");
    }

    private static JsonNode parse(String text) throws MalformedJsonException {
        return JsonCodec.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
