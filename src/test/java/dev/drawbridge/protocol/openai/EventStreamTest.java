package dev.drawbridge.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.rest.presence.KeepAlives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final KeepAlives ALIVE = new KeepAlives(() -> Duration.ZERO);
    private static final String ROLE = chunk("{'role':'assistant','content':''}", "null");
    private static final String HI = chunk("{'content':'Hi'}", "null");
    private static final String STOP = chunk("{}", "'stop'");
    private static final String USAGE =
            "{'id':'chatcmpl-1','object':'chat.completion.chunk','created':1,'model':'upstreams-name','choices':[],"
                    + "'usage':{'prompt_tokens':3,'completion_tokens':1,'total_tokens':4}}";

    /** Answers from a list; the numbers of chunks after which the next has not arrived yet are its pauses. */
    private static final class Chunks implements ModelStream {
        private final Deque<String> left;
        private final Set<Integer> pauses;
        private int said;

        Chunks(Set<Integer> pauses, String... chunks) {
            this.left = new ArrayDeque<>(List.of(chunks));
            this.pauses = pauses;
        }

        @Override
        public Optional<ModelChunk> next() {
            said++;
            String chunk = left.poll();
            if (chunk != null && chunk.startsWith("!")) {
                throw new GatewayException(ErrorKind.UPSTREAM_ERROR, chunk.substring(1));
            }
            return Optional.ofNullable(chunk).map(text -> new ModelChunk(Lab.object(text)));
        }

        @Override
        public boolean ready() {
            return !pauses.contains(said);
        }

        @Override
        public void close() {}
    }

    @Test
    void with_usage_every_event_is_as_openai_writes_it() {
        assertThat(transcript("{'model':'m','stream_options':{'include_usage':true}}", ROLE, HI, STOP, USAGE))
                .isEqualTo("""
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":null}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":null,"finish_reason":null}],"usage":null}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}

                data: [DONE]

                """);
    }

    @Test
    void without_usage_no_event_speaks_of_it() {
        for (String request :
                List.of("{'model':'m'}", "{'model':'m','stream_options':null}", "{'model':'m','stream_options':{}}")) {
            assertThat(transcript(request, ROLE, HI, STOP, USAGE)).isEqualTo("""
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":null,"finish_reason":null}]}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}

                data: [DONE]

                """);
        }
    }

    @Test
    void a_failure_amid_the_stream_is_its_last_event() {
        assertThat(transcript("{'model':'m'}", HI, "!upstream closed the stream"))
                .isEqualTo("""
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":null,"finish_reason":null}]}

                data: {"error":{"message":"upstream closed the stream","type":"server_error","param":null,"code":"upstream_error"}}

                """);
    }

    @Test
    void characters_of_any_script_and_line_ends_stay_in_their_line() {
        String greeting = "Grüß Gott, 世界 👋 \\n \u2028";

        String event = transcript("{'model':'m'}", chunk("{'content':'" + greeting + "'}", "null"))
                .split("\n\n", -1)[0];

        assertThat(event).startsWith("data: ").contains("Grüß Gott, 世界").doesNotContain("\n");
        assertThat(Lab.json(event.substring(6)).at("/choices/0/delta/content").asText())
                .isEqualTo("Grüß Gott, 世界 👋 \n \u2028");
    }

    @Test
    void what_arrives_together_is_flushed_together_and_before_each_pause() {
        List<String> writes = new ArrayList<>();

        write(new Recorder(writes), new Chunks(Set.of(1, 3), ROLE, HI, STOP, USAGE), "{'model':'m'}");

        assertThat(writes).containsExactly("event", "flush", "event", "event", "flush", "done", "flush");
    }

    @Test
    void the_stream_is_read_no_further_than_it_can_be_written() {
        Chunks chunks = new Chunks(Set.of(), ROLE, HI, STOP);
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThatCode(() -> write(gone, chunks, "{'model':'m'}")).doesNotThrowAnyException();
        assertThat(chunks.left).hasSize(2);
    }

    @Test
    void a_client_that_has_gone_is_no_failure_wherever_it_is_noticed() {
        OutputStream closed = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                throw new IllegalStateException("the response is closed");
            }
        };

        assertThatCode(() -> write(closed, new Chunks(Set.of(1), ROLE, STOP), "{'model':'m'}"))
                .doesNotThrowAnyException();
        assertThatCode(() -> write(closed, new Chunks(Set.of(), "!gone"), "{'model':'m'}"))
                .doesNotThrowAnyException();
    }

    private static String chunk(String delta, String finish) {
        return "{'id':'chatcmpl-1','object':'chat.completion.chunk','created':1,'model':'upstreams-name','choices':"
                + "[{'index':0,'delta':" + delta + ",'logprobs':null,'finish_reason':" + finish + "}]}";
    }

    private static String transcript(String request, String... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, new Chunks(Set.of(), chunks), request);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void write(OutputStream out, ModelStream stream, String request) {
        new EventStream(stream, Lab.chat(request), new CallScope()).write(ALIVE.open(out, new CallScope()));
    }

    /** Notes what is done to it. */
    private static final class Recorder extends OutputStream {
        private final List<String> writes;

        Recorder(List<String> writes) {
            this.writes = writes;
        }

        @Override
        public void write(int b) {
            writes.add("byte");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            String text = new String(bytes, from, length, StandardCharsets.UTF_8);
            writes.add(text.equals("data: [DONE]\n\n") ? "done" : "event");
        }

        @Override
        public void flush() {
            writes.add("flush");
        }
    }
}
