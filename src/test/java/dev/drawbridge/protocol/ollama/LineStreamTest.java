package dev.drawbridge.protocol.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.protocol.ollama.answer.AnswerLines;
import dev.drawbridge.protocol.ollama.answer.TextForm;
import dev.drawbridge.protocol.ollama.answer.Timing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineStreamTest {
    private static final String TEXT = "{'choices':[{'index':0,'delta':{'content':'Hi'},'finish_reason':null}]}";

    @Test
    void a_failure_after_the_first_line_is_the_last_line() {
        String written = written(new Chunks(List.of(TEXT), true));
        assertThat(written.lines()).hasSize(2);
        assertThat(written.lines().toList().getLast()).isEqualTo("{\"error\":\"the upstream broke off its answer\"}");
        assertThat(written).endsWith("}\n").doesNotContain("\n\n").doesNotContain("\"done\":true");
    }

    @Test
    void the_last_line_is_done() {
        String written = written(new Chunks(List.of(TEXT), false));
        assertThat(written.lines()).hasSize(2);
        assertThat(written.lines().toList().getLast()).contains("\"done\":true", "\"done_reason\":\"stop\"");
    }

    @Test
    void every_line_leaves_at_once_when_the_model_pauses() {
        Counted out = new Counted();
        stream(new Chunks(List.of(TEXT, TEXT, TEXT), false)).write(out);
        assertThat(out.flushes).isEqualTo(4);
    }

    @Test
    void a_client_that_has_gone_is_no_failure() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThatCode(() -> stream(new Chunks(List.of(TEXT), false)).write(gone))
                .doesNotThrowAnyException();
    }

    private static String written(ModelStream chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stream(chunks).write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static LineStream stream(ModelStream chunks) {
        return new LineStream(
                chunks, new AnswerLines(TextForm.CHAT, "m", Timing.since(System.nanoTime())), new CallScope());
    }

    /** Counts how often what was written is sent. */
    private static final class Counted extends ByteArrayOutputStream {
        private int flushes;

        @Override
        public void flush() {
            flushes++;
        }
    }

    /** A stream whose every chunk comes late. */
    private static final class Chunks implements ModelStream {
        private final Iterator<String> chunks;
        private final boolean fails;

        Chunks(List<String> chunks, boolean fails) {
            this.chunks = chunks.iterator();
            this.fails = fails;
        }

        @Override
        public Optional<ModelChunk> next() {
            if (chunks.hasNext()) {
                return Optional.of(new ModelChunk(Lab.object(chunks.next())));
            }
            if (fails) {
                throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream broke off its answer");
            }
            return Optional.empty();
        }

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void close() {}
    }
}
