package dev.drawbridge.inference;

import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelRequestTest {
    private static final String TEXT = "{'model': 'a', 'seed': 1, 'n': null, 'x_unknown': [1]}";

    static Stream<ModelRequest> kinds() {
        return Stream.of(
                new ChatRequest(object(TEXT)), new CompletionRequest(object(TEXT)), new EmbeddingRequest(object(TEXT)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void edits_make_a_new_request_of_the_same_kind(ModelRequest request) {
        ModelRequest edited =
                request.forModel("b").with("n", IntNode.valueOf(2)).without("seed");

        assertThat(edited).hasSameClassAs(request);
        assertThat(edited.operation()).isEqualTo(request.operation());
        assertThat(edited.json()).isEqualTo(object("{'model': 'b', 'n': 2, 'x_unknown': [1]}"));
        assertThat(request.json()).isEqualTo(object(TEXT));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void null_counts_as_missing(ModelRequest request) {
        assertThat(request.has("seed")).isTrue();
        assertThat(request.has("n")).isFalse();
        assertThat(request.has("top_p")).isFalse();
        assertThat(request.model()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|false|false",
                "{'stream': null}|false|false",
                "{'stream': true}|true|false",
                "{'stream': true, 'stream_options': {'include_usage': true}}|true|true",
                "{'stream': true, 'stream_options': null}|true|false",
                "{'stream': false, 'stream_options': {'include_usage': false}}|false|false"
            })
    void what_is_wanted_of_a_stream_is_read(String json, boolean stream, boolean usage) {
        ModelRequest request = new ChatRequest(object(json));

        assertThat(request.stream()).isEqualTo(stream);
        assertThat(request.includeUsage()).isEqualTo(usage);
    }

    @ParameterizedTest
    @CsvSource({
        "'', CHAT COMPLETION EMBEDDING",
        "chat, CHAT COMPLETION",
        "completion, COMPLETION",
        "embeddings, EMBEDDING",
        "chat embeddings, CHAT COMPLETION EMBEDDING",
        "image, ''",
        "tools vision, ''"
    })
    void a_model_may_be_asked_for_what_it_can_and_an_unknown_one_for_all(String capabilities, String operations) {
        Set<String> words = Arrays.stream(capabilities.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        ModelFacts facts =
                new ModelFacts("", "", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), words);

        for (Operation operation : Operation.values()) {
            assertThat(facts.may(operation)).as(operation.name()).isEqualTo(operations.contains(operation.name()));
        }
    }

    @Test
    void a_failure_keeps_all_that_is_said_of_it() {
        IllegalStateException cause = new IllegalStateException("why");
        GatewayException failure = new GatewayException(ErrorKind.RATE_LIMITED, "slow down", cause)
                .at("messages[0]")
                .withCode("too_fast")
                .withRetryAfter(Duration.ofSeconds(3));

        assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.message()).isEqualTo("slow down");
        assertThat(failure.param()).contains("messages[0]");
        assertThat(failure.code()).contains("too_fast");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(failure).hasCause(cause);
    }

    @Test
    void a_failure_without_a_cause_costs_no_stack_trace() {
        assertThat(new GatewayException(ErrorKind.TIMEOUT, "late").getStackTrace())
                .isEmpty();
    }

    @Test
    void a_client_is_told_to_retry_only_what_the_gateway_would_not_call_final() {
        assertThat(ErrorKind.values())
                .filteredOn(ErrorKind::worthRetrying)
                // The next gateway behind the same address may take it.
                .filteredOn(kind -> kind != ErrorKind.NO_CAPACITY)
                .isNotEmpty()
                .allMatch(kind -> kind.retry() != ErrorKind.Retry.NEVER)
                .allMatch(kind -> kind.status() == 429 || kind.status() >= 500);
    }
}
