package dev.drawbridge.usage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.wire.JsonCodec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    private static JsonNode parsed(LineWriter writer) throws Exception {
        byte[] line = writer.line();
        assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
        return JsonCodec.parse(line, 0, line.length - 1);
    }

    @Test
    void what_is_empty_is_left_out() throws Exception {
        LineWriter writer = new LineWriter(0)
                .begin()
                .text("none", "")
                .some("zero", 0)
                .texts("labels", Map.of())
                .number("nought", 0)
                .text("one", "1")
                .end();

        assertThat(parsed(writer)).hasToString("{\"nought\":0,\"one\":\"1\"}");
    }

    @Test
    void objects_stand_within_objects() throws Exception {
        LineWriter writer = new LineWriter(0)
                .begin()
                .object("more")
                .number("images", Long.MAX_VALUE)
                .number("less", Long.MIN_VALUE)
                .end()
                .texts("labels", Map.of("cost \"centre\"", "a\\b"))
                .number("last", 1)
                .end();

        assertThat(parsed(writer))
                .hasToString("{\"more\":{\"images\":9223372036854775807,\"less\":-9223372036854775808},"
                        + "\"labels\":{\"cost \\\"centre\\\"\":\"a\\\\b\"},\"last\":1}");
    }

    @Test
    void any_text_comes_back_without_what_no_database_takes() throws Exception {
        Random dice = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("x");
            int length = dice.nextInt(300);
            int last = List.of(0x7f, 0x7ff, 0xffff).get(dice.nextInt(3));
            for (int at = 0; at < length; at++) {
                text.append((char) dice.nextInt(last + 1));
            }
            String read = parsed(new LineWriter(0)
                            .begin()
                            .text("t", text.toString())
                            .number("n", i)
                            .end())
                    .path("t")
                    .asText();

            assertThat(read).isEqualTo(clean(text.toString()));
        }
    }

    private static String clean(String text) {
        String cut = text.substring(0, Math.min(256, text.length()));
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < cut.length(); i++) {
            char one = cut.charAt(i);
            boolean pair = Character.isHighSurrogate(one)
                    && i + 1 < cut.length()
                    && Character.isLowSurrogate(cut.charAt(i + 1));
            if (pair) {
                clean.append(one).append(cut.charAt(++i));
            } else {
                clean.append(one < ' ' || Character.isSurrogate(one) ? '_' : one);
            }
        }
        return clean.toString();
    }
}
