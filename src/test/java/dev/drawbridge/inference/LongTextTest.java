package dev.drawbridge.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drawbridge.inference.text.LongText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "a\\\"b", "\\u00e9\\n", "é", "\\\\"})
    void it_is_a_text_like_others(String written) {
        LongText text = text(written);
        JsonNode same = TextNode.valueOf(text.textValue());

        assertThat(text.isTextual()).isTrue();
        assertThat(text.getNodeType()).isEqualTo(JsonNodeType.STRING);
        assertThat(text.asText()).isEqualTo(same.asText());
        assertThat(text.toString()).isEqualTo(same.toString());
        assertThat(text.toPrettyString()).isEqualTo(same.toPrettyString());
        assertThat(text.equals(same)).isTrue();
        assertThat(text).isEqualTo(text(written)).hasSameHashCodeAs(same).isNotEqualTo(text(written + "x"));
        JsonNode copy = text.deepCopy();
        assertThat(copy).isSameAs(text);
        assertThat(Json.text(Json.object().set("a", text), "a")).isEqualTo(same.textValue());
    }

    @Test
    void escapes_are_read() {
        assertThat(text("a\\\"b\\u00e9\\n").textValue()).isEqualTo("a\"bé\n");
    }

    @Test
    void it_is_no_other_value() {
        assertThat(text("1").equals(Json.array().add(1).get(0))).isFalse();
        assertThat(text("1")).isNotEqualTo(new Object());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "abc\\\"", "abc\\"})
    void too_short_and_endless_ones_are_none(String written) {
        byte[] document = ("\"" + written + (written.length() == 2 ? "\"" : "")).getBytes(StandardCharsets.UTF_8);

        assertThat(LongText.at(document, 0, 3)).isEmpty();
    }

    @Test
    void its_beginning_can_be_looked_at() {
        assertThat(text("abcdef").start(2)).isEqualTo("ab");
        assertThat(text("abcdef").start(99)).isEqualTo("abcdef");
        assertThat(text("abcdé").start(2)).isEmpty();
        assertThat(text("cdef").after("ab").start(3)).isEqualTo("abc");
    }

    @Test
    void words_can_be_set_before_it() {
        LongText image = text("QUJD").after("data:image/png;base64,");

        assertThat(image.textValue()).isEqualTo("data:image/png;base64,QUJD");
        assertThat(image.bytes()).isEqualTo(26);
        assertThat(image.toString()).isEqualTo("\"data:image/png;base64,QUJD\"");
        assertThat(image.base64From(22)).contains(text("QUJD"));
        assertThat(image.base64From(26)).isEmpty();
        assertThat(image.base64From(21)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "QUJD, true", "QUI=, true", "QQ==, true", "+/+/QUJD, true", "QUJ, false", "QUJDQ, false", "Q===, false",
        "QU=D, false", "QU-D, false", "QU D, false", "QUJ\\n, false", "'', false", "====, false", "QUJDQQ=Q, false"
    })
    void base64_is_told_from_what_is_nearly_base64(String written, boolean base64) {
        Optional<LongText> found = text(written).base64From(0);

        assertThat(found.isPresent()).isEqualTo(base64);
        found.ifPresent(kept -> assertThat(kept.textValue()).isEqualTo(written));
    }

    @Test
    void a_part_of_it_is_a_text_of_its_own() {
        assertThat(text("data:;base64,QUJDREVG").base64From(17)).contains(text("REVG"));
    }

    private static LongText text(String written) {
        byte[] document = ("[1, \"" + written + "\" , 2]").getBytes(StandardCharsets.UTF_8);
        return LongText.at(document, 4, 0).orElseThrow();
    }
}
