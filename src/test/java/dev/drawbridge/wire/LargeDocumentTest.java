package dev.drawbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.text.LongText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LargeDocumentTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String FILLED = "A".repeat(JsonCodec.LARGE);

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true"})
    void a_string_stays_in_the_document_from_a_certain_length_on(int more, boolean stays) throws IOException {
        String text = "x".repeat(LargeDocument.LONG + more);

        JsonNode value =
                parse("{\"a\":\"" + FILLED + "\",\"b\":\"" + text + "\"}").path("b");

        assertThat(value instanceof LongText).isEqualTo(stays);
        assertThat(value.textValue()).isEqualTo(text);
    }

    @Test
    void a_document_that_is_not_large_is_read_as_ever() throws IOException {
        assertThat(parse("[\"" + "A".repeat(JsonCodec.LARGE - 5) + "\"]").path(0))
                .isNotInstanceOf(LongText.class);
        assertThat(parse("[\"" + "A".repeat(JsonCodec.LARGE - 4) + "\"]").path(0))
                .isInstanceOf(LongText.class);
    }

    @Test
    void what_stays_is_neither_copied_nor_changed_when_it_is_written() throws IOException {
        byte[] document = bytes("{\"a\" : [1, \"" + FILLED + "\"],\"b\":\"\\u00e9\"}");

        List<ByteBuffer> pieces = JsonCodec.pieces(JsonCodec.parseInPlace(document));

        assertThat(pieces).hasSize(3);
        assertThat(pieces.get(0)).isEqualTo(ByteBuffer.wrap(bytes("{\"a\":[1,\"")));
        assertThat(pieces.get(1).array()).isSameAs(document);
        assertThat(pieces.get(2)).isEqualTo(ByteBuffer.wrap(bytes("\"],\"b\":\"é\"}")));
    }

    static List<String> texts() {
        return List.of("é", "\\n", "\\\\", "\\\"", "\\u00e9", "\\/", "\\ud83d\\ude00", "😀", "\\u0000", "\u007f");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void escapes_and_other_letters_go_on_as_they_are_written(String some) throws IOException {
        String json = "[\"" + some + FILLED + some + "\",\"" + FILLED + some + "\"]";

        JsonNode tree = parse(json);

        assertThat(tree).allSatisfy(text -> assertThat(text).isInstanceOf(LongText.class));
        assertThat(tree).isEqualTo(JsonCodec.parse(bytes(json)));
        assertThat(JsonCodec.write(tree)).isEqualTo(bytes(json));
    }

    @Test
    void any_document_is_read_and_written_as_jackson_does() throws IOException {
        ObjectMapper pretty = new ObjectMapper(JsonFactory.builder()
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build());
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            ArrayNode made = NODES.arrayNode().add(FILLED);
            for (int i = 0; i < 6; i++) {
                made.add(any(random, 0));
            }
            byte[] document = JsonCodec.write(made);
            byte[] spaced = pretty.writerWithDefaultPrettyPrinter().writeValueAsBytes(made);

            for (byte[] form : List.of(document, spaced)) {
                JsonNode tree = JsonCodec.parseInPlace(form);
                assertThat(tree.equals(JsonCodec.parse(form)))
                        .as("seed %d", seed)
                        .isTrue();
                assertThat(JsonCodec.write(tree)).as("seed %d", seed).isEqualTo(document);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE"})
    void other_encodings_are_understood(String encoding) throws IOException {
        JsonNode tree = JsonCodec.parseInPlace(("[\"" + FILLED + "é\"]").getBytes(Charset.forName(encoding)));

        assertThat(tree.path(0).textValue()).isEqualTo(FILLED + "é");
    }

    @Test
    void a_byte_order_mark_moves_nothing() throws IOException {
        assertThat(parse("\ufeff[\"\",\"" + FILLED + "\",\"\"]")).isEqualTo(parse("[\"\",\"" + FILLED + "\",\"\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"%s",
                "[\"%s\\\"",
                "[\"%s\\x\"]",
                "[\"%s\n\"]",
                "[\"%s\\u00g0\"]",
                "[\"%s\"]]",
                "[\"%s\"] {}",
                "{\"a\":\"%s\",}",
                "[\"%s\" \"\"]",
                "[\"%s\\"
            })
    void mistakes_are_found_inside_of_long_strings_and_after_them(String form) {
        assertThatThrownBy(() -> parse(form.formatted(FILLED)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("is not valid JSON (line ")
                .hasMessageNotContaining("AAA");
    }

    @Test
    void bytes_that_are_no_utf_8_are_found_there_too() {
        byte[] document = bytes("[\"" + FILLED + "\"]");
        document[5000] = (byte) 0xe9;

        assertThatThrownBy(() -> JsonCodec.parseInPlace(document)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void the_number_of_values_and_their_depth_are_limited() throws IOException {
        String many = "1,".repeat(JsonCodec.MAX_TOKENS - 3) + "1";

        assertThat(parse("[" + many + "]")).hasSize(JsonCodec.MAX_TOKENS - 2);
        assertThatThrownBy(() -> parse("[" + many + ",1]")).hasMessageContaining("too many");
        assertThatThrownBy(() -> parse("[".repeat(JsonCodec.LARGE))).hasMessageContaining("200 levels deep");
    }

    @Test
    void nothing_is_no_document() throws IOException {
        assertThat(parse(" ".repeat(JsonCodec.LARGE)).isMissingNode()).isTrue();
    }

    @Test
    void long_documents_without_long_strings_are_written_in_order() throws IOException {
        ArrayNode numbers = NODES.arrayNode();
        for (int i = 0; i < 100_000; i++) {
            numbers.add(i);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (ByteBuffer piece : JsonCodec.pieces(numbers)) {
            joined.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        }

        assertThat(joined.toByteArray()).isEqualTo(new ObjectMapper().writeValueAsBytes(numbers));
        assertThat(JsonCodec.write(numbers)).isEqualTo(joined.toByteArray());
    }

    private static JsonNode any(Random random, int depth) {
        return switch (random.nextInt(depth < 4 ? 10 : 7)) {
            case 0 -> NODES.numberNode(random.nextInt());
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.numberNode(random.nextGaussian());
            case 3 -> NODES.numberNode(new BigInteger(200, random));
            case 4 -> random.nextBoolean() ? NODES.nullNode() : NODES.booleanNode(random.nextBoolean());
            case 5 -> NODES.textNode(text(random, random.nextInt(40)));
            case 6 -> NODES.textNode(text(random, LargeDocument.LONG - 20 + random.nextInt(40)));
            case 7, 8 -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(random, random.nextInt(9)), any(random, depth + 1));
                }
                yield object;
            }
            default -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(any(random, depth + 1));
                }
                yield array;
            }
        };
    }

    private static String text(Random random, int length) {
        // Plain ones, ones with a few escapes, ones with everything.
        String letters =
                List.of("abcXYZ019+/=", "ab \"\\\n\t/", "aé\u0001€😀\u2028\"\\").get(random.nextInt(3));
        int[] points = letters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static JsonNode parse(String text) throws MalformedJsonException {
        return JsonCodec.parseInPlace(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
