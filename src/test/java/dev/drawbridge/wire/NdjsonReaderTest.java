package dev.drawbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n{\"a\":2}\n",
                "{\"a\":1}\r\n{\"a\":2}\r\n",
                "{\"a\":1}\n\n\n{\"a\":2}",
                "\r\n{\"a\":1}\n\r\n{\"a\":2}\n\n"
            })
    void each_line_is_a_document(String stream) throws IOException {
        assertThat(documents(stream(stream))).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void a_stream_may_be_split_anywhere() throws IOException {
        byte[] bytes = "{\"a\":\"é\"}\r\n{\"a\":\"\\n\"}\n".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= bytes.length; at++) {
            InputStream split = new SequenceInputStream(
                    new ByteArrayInputStream(bytes, 0, at), new ByteArrayInputStream(bytes, at, bytes.length - at));

            assertThat(documents(split)).as("split at %d", at).containsExactly("{\"a\":\"é\"}", "{\"a\":\"\\n\"}");
        }
    }

    @Test
    void a_stream_without_lines_is_empty() throws IOException {
        assertThat(documents(stream(""))).isEmpty();
        assertThat(documents(stream("\n\r\n\n"))).isEmpty();
    }

    @Test
    void a_broken_line_is_a_failure_and_the_next_one_can_be_read() throws IOException {
        NdjsonReader reader = new NdjsonReader(stream("{\"a\":\n{\"a\":2}\n"));

        assertThatThrownBy(reader::next).isInstanceOf(MalformedJsonException.class);
        assertThat(reader.next().map(JsonNode::toString)).contains("{\"a\":2}");
    }

    @Test
    void a_document_that_the_end_cuts_off_is_a_failure() {
        assertThatThrownBy(() -> new NdjsonReader(stream("{\"a\":1")).next())
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void it_is_ready_as_long_as_lines_are_waiting() throws IOException {
        NdjsonReader reader = new NdjsonReader(stream("1\n2\n3"));

        assertThat(reader.ready()).isFalse();
        reader.next();
        assertThat(reader.ready()).isTrue();
        reader.next();
        assertThat(reader.ready()).isFalse();
    }

    private static List<String> documents(InputStream stream) throws IOException {
        NdjsonReader reader = new NdjsonReader(stream);
        List<String> documents = new ArrayList<>();
        for (Optional<JsonNode> next = reader.next(); next.isPresent(); next = reader.next()) {
            documents.add(next.get().toString());
        }
        return documents;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
