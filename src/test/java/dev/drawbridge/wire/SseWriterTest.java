package dev.drawbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseWriterTest {
    private final Recording out = new Recording();
    private final SseWriter writer = new SseWriter(out);

    @Test
    void an_event_is_one_data_line_and_a_blank_line() throws IOException {
        writer.data(Lab.json("{'a': [1, 'é']}"));
        writer.data("[DONE]".getBytes(StandardCharsets.US_ASCII));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("data: {\"a\":[1,\"é\"]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void line_breaks_of_the_text_stay_inside_of_the_line() throws IOException {
        writer.data(Lab.json("{'a': 'x\\ny\\r\\nz'}"));

        SseReader reader = new SseReader(new ByteArrayInputStream(out.toByteArray()));
        assertThat(JsonCodec.parse(reader.next().orElseThrow().data())).isEqualTo(Lab.json("{'a': 'x\\ny\\r\\nz'}"));
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void an_event_goes_out_in_one_piece_and_waits_for_the_flush() throws IOException {
        writer.data(Lab.json("{}"));

        assertThat(out.writes).isEqualTo(1);
        assertThat(out.flushes).isZero();

        writer.flush();
        assertThat(out.flushes).isEqualTo(1);
    }

    private static final class Recording extends ByteArrayOutputStream {
        private int writes;
        private int flushes;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            writes++;
            super.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            flushes++;
        }
    }
}
