package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DemoStreamTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final String TOOL =
            "'tool_choice':'required','tools':[{'type':'function','function':{'name':'weather','parameters':"
                    + "{'type':'object','required':['city'],'properties':{'city':{'type':'string'}}}}}]";

    @Test
    void a_text_comes_as_role_then_pieces_then_finish_then_usage() {
        ModelRequest request = Demo.user("Hi", "'logprobs':true");
        ObjectNode whole = Demo.answer(request);
        List<ObjectNode> chunks = Demo.chunks(request);
        assertThat(chunks.get(0).at("/choices/0/delta")).isEqualTo(Demo.json("{'role':'assistant','content':''}"));
        assertThat(Demo.joined(chunks, "/choices/0/delta/content"))
                .isEqualTo(whole.at("/choices/0/message/content").asText());
        assertThat(chunks).hasSize(whole.at("/usage/completion_tokens").asInt() + 3);
        assertThat(chunks.get(1).at("/choices/0/logprobs/content/0/token").asText())
                .isEqualTo("Hello");
        ObjectNode finish = chunks.get(chunks.size() - 2);
        assertThat(finish.at("/choices/0/delta")).isEqualTo(Demo.json("{}"));
        assertThat(finish.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        ObjectNode last = chunks.get(chunks.size() - 1);
        assertThat(last.get("choices")).isEqualTo(Demo.json("[]"));
        assertThat(last.path("usage")).isEqualTo(whole.path("usage"));
    }

    @Test
    void every_chunk_has_the_same_head_and_no_error() {
        for (ModelRequest request :
                List.of(Demo.user("Hi", "'n':2"), Demo.user("Hi", TOOL), Demo.completion("'Hi'", ""))) {
            List<ObjectNode> chunks = Demo.chunks(request);
            assertThat(chunks).allSatisfy(chunk -> {
                assertThat(chunk.path("id").asText())
                        .isNotEmpty()
                        .isEqualTo(chunks.get(0).path("id").asText());
                assertThat(chunk.path("created").asLong()).isEqualTo(Demo.NOW.getEpochSecond());
                assertThat(chunk.path("object").asText()).isIn("chat.completion.chunk", "text_completion");
                assertThat(chunk.path("model").asText()).isEqualTo("demo");
                assertThat(chunk.has("error")).isFalse();
            });
            assertThat(chunks.stream().filter(chunk -> chunk.has("usage"))).hasSize(1);
        }
    }

    @Test
    void a_tool_call_is_named_once_and_its_arguments_follow() {
        List<ObjectNode> chunks = Demo.chunks(Demo.user("Weather in Paris", TOOL));
        assertThat(Demo.joined(chunks, "/choices/0/delta/role")).isEqualTo("assistant");
        JsonNode first = chunks.get(1).at("/choices/0/delta/tool_calls/0");
        assertThat(first.path("index").asInt(-1)).isZero();
        assertThat(first.path("id").asText()).startsWith("call_");
        assertThat(first.path("type").asText()).isEqualTo("function");
        assertThat(first.path("function")).isEqualTo(Demo.json("{'name':'weather','arguments':''}"));
        assertThat(chunks.subList(2, chunks.size() - 2)).hasSizeGreaterThan(1).allSatisfy(chunk -> {
            JsonNode call = chunk.at("/choices/0/delta/tool_calls/0");
            assertThat(call.fieldNames()).toIterable().containsExactly("index", "function");
            assertThat(call.path("function").fieldNames()).toIterable().containsExactly("arguments");
        });
        assertThat(Demo.json(Demo.joined(chunks, "/choices/0/delta/tool_calls/0/function/arguments")))
                .isEqualTo(Demo.json("{'city':'Paris'}"));
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("tool_calls");
    }

    @Test
    void choices_come_one_after_the_other() {
        List<ObjectNode> chunks = Demo.chunks(Demo.user("Hi", "'n':3,'max_tokens':2"));
        assertThat(chunks.stream().filter(chunk -> !chunk.has("usage")))
                .extracting(chunk -> chunk.at("/choices/0/index").asInt(-1))
                .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
        assertThat(Demo.joined(chunks, "/choices/0/delta/role")).isEqualTo("assistant".repeat(3));
        assertThat(chunks.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void words_keep_their_pace() {
        long start = System.nanoTime();
        try (ModelStream stream = paced(Duration.ofMillis(30))) {
            assertThat(stream.ready()).isTrue();
            stream.next();
            assertThat(stream.ready()).isFalse();
            for (int i = 0; i < 5; i++) {
                stream.next();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
    }

    @Test
    void a_word_is_ready_when_its_time_has_come() throws InterruptedException {
        try (ModelStream stream = paced(Duration.ofMillis(30))) {
            stream.next();
            Thread.sleep(40);
            assertThat(stream.ready()).isTrue();
            stream.next();
            assertThat(stream.ready()).isFalse();
        }
    }

    @Test
    void finish_and_usage_do_not_wait() {
        try (ModelStream stream =
                Demo.provider(LONG).stream(Demo.target(), Demo.user("Hi", "'max_tokens':0"), new CallScope())) {
            for (int i = 0; i < 3; i++) {
                assertThat(stream.ready()).isTrue();
                assertThat(stream.next()).isPresent();
            }
            assertThat(stream.ready()).isTrue();
            assertThat(stream.next()).isEmpty();
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void a_whole_answer_does_not_wait() {
        assertThat(Demo.provider(LONG)
                        .answer(Demo.target(), Demo.user("Hi", ""), new CallScope())
                        .usage())
                .isPresent();
    }

    @Test
    void closing_ends_a_wait() throws Exception {
        ModelStream stream = paced(LONG);
        stream.next();
        CompletableFuture<GatewayException> waiting =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(GatewayException.class, stream::next));
        Thread.sleep(50);
        assertThat(waiting).isNotDone();
        stream.close();
        assertThat(waiting.get(5, TimeUnit.SECONDS).kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
        assertThat(stream.ready()).isTrue();
    }

    @Test
    void half_an_answer_that_was_closed_does_not_look_whole() {
        ModelStream stream = paced(LONG);
        stream.close();
        stream.close();
        assertThat(catchThrowableOfType(GatewayException.class, stream::next)).isNotNull();
    }

    @Test
    void an_interrupt_ends_a_wait_and_is_kept() {
        try (ModelStream stream = paced(LONG)) {
            stream.next();
            Thread.currentThread().interrupt();
            assertThat(catchThrowableOfType(GatewayException.class, stream::next))
                    .isNotNull();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void by_default_the_pace_is_that_of_a_reader() {
        try (ModelStream stream = new DemoProvider().stream(Demo.target(), Demo.user("Hi", ""), new CallScope())) {
            long start = System.nanoTime();
            for (int i = 0; i <= 10; i++) {
                stream.next();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(330), Duration.ofSeconds(5));
        }
    }

    private static ModelStream paced(Duration pace) {
        return Demo.provider(pace).stream(Demo.target(), Demo.user("Hi", ""), new CallScope());
    }
}
