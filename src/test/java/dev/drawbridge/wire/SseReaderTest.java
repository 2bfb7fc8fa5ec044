package dev.drawbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
    /** The stream of the contracts with everything that may stand in one. */
    private static final String STREAM = """
            : keep-alive

            id: 7
            retry: 100
            event: delta
            data: {"a":"é"}

            data: first
            data:second
            data

            event: ping

            data: [DONE]

            """;

    private static final List<String> EVENTS = List.of("delta|{\"a\":\"é\"}", "|first\nsecond\n", "|[DONE]");

    @Test
    void events_are_read_and_all_else_is_passed_over() throws IOException {
        assertThat(events(STREAM)).isEqualTo(EVENTS);
    }

    @Test
    void lines_may_end_in_two_characters() throws IOException {
        assertThat(events(STREAM.replace("\n", "\r\n"))).isEqualTo(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void a_stream_may_be_split_anywhere(String lineEnd) throws IOException {
        byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= bytes.length; at++) {
            InputStream split = new SequenceInputStream(
                    new ByteArrayInputStream(bytes, 0, at), new ByteArrayInputStream(bytes, at, bytes.length - at));

            assertThat(events(split)).as("split at %d", at).isEqualTo(EVENTS);
        }
    }

    @Test
    void a_stream_may_come_byte_by_byte() throws IOException {
        assertThat(events(new Dripping(STREAM))).isEqualTo(EVENTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:x|x",
                "data: x|x",
                "data:  x|' x'",
                "'data:x '|'x '",
                "data: a: b|a: b",
                "data:|''",
                "data: |''",
                "data|''"
            })
    void one_space_after_the_colon_belongs_to_the_form(String line, String data) throws IOException {
        assertThat(events(line + "\n\n")).containsExactly("|" + data);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                ": comment\n\n",
                "event: ping\n\n",
                "id: 1\n\n",
                "retry: 5\n\n",
                "dataset: x\n\n",
                "Data: x\n\n",
                "dat\n\n",
                "nothing known\n\n"
            })
    void what_has_no_data_is_no_event(String stream) throws IOException {
        assertThat(events(stream)).isEmpty();
    }

    @Test
    void a_name_belongs_to_its_own_event_only() throws IOException {
        assertThat(events("event: a\ndata: 1\n\ndata: 2\n\nevent: b\n\ndata: 3\n\nevent:c\ndata: 4\n\n"))
                .containsExactly("a|1", "|2", "|3", "c|4");
    }

    @Test
    void a_comment_inside_of_an_event_does_no_harm() throws IOException {
        assertThat(events("data: 1\n: still here\ndata: 2\n\n")).containsExactly("|1\n2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: 1\n\ndata: 2", "data: 1\n\ndata: 2\n", "data: 1\r\n\r\ndata: 2\r\n"})
    void an_event_that_the_end_cuts_off_counts(String stream) throws IOException {
        assertThat(events(stream)).containsExactly("|1", "|2");
    }

    @Test
    void the_end_stays_the_end() throws IOException {
        SseReader reader = reader("data: 1\n\n");
        reader.next();

        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void a_line_may_be_as_long_as_an_image() throws IOException {
        String image = "A".repeat(20 * 1024 * 1024);

        assertThat(reader("data: " + image + "\n\ndata: 2\n\n")
                        .next()
                        .orElseThrow()
                        .data())
                .hasSize(image.length());
    }

    @Test
    void a_line_without_end_is_a_failure() {
        SseReader reader = new SseReader(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return length;
            }
        });

        assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessageContaining("longer than");
    }

    @Test
    void only_an_event_that_is_here_as_a_whole_is_taken_without_waiting() throws IOException {
        SseReader reader = reader("data: 1\n\n: comment\n\ndata: 2\n\ndata: 3");

        assertThat(reader.poll()).isEmpty();
        assertThat(data(reader.next())).isEqualTo("1");
        assertThat(data(reader.poll())).isEqualTo("2");
        assertThat(reader.poll()).isEmpty();
        assertThat(data(reader.next())).isEqualTo("3");
    }

    private static String data(Optional<SseEvent> event) {
        return new String(event.orElseThrow().data(), StandardCharsets.UTF_8);
    }

    @Test
    void data_is_compared_from_its_beginning() throws IOException {
        SseEvent event = reader("data: [DONE] \n\n").next().orElseThrow();

        assertThat(event.dataStartsWith("[DONE]")).isTrue();
        assertThat(event.dataStartsWith("[DONE] and more")).isFalse();
        assertThat(event.dataStartsWith("DONE")).isFalse();
    }

    private static List<String> events(String stream) throws IOException {
        return events(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> events(InputStream stream) throws IOException {
        SseReader reader = new SseReader(stream);
        List<String> events = new ArrayList<>();
        for (Optional<SseEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(event.get().name() + "|" + new String(event.get().data(), StandardCharsets.UTF_8));
        }
        return events;
    }

    private static SseReader reader(String stream) {
        return new SseReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
    }

    /** One byte at a time. */
    private static final class Dripping extends ByteArrayInputStream {
        Dripping(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
        }
    }
}
