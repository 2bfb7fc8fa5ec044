package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Condition;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final int DRAWS = 20_000;

    private final ModelTable table = Tables.of("""
            upstreams: [{name: a, kind: demo}, {name: b, kind: demo}, {name: c, kind: demo}]
            models:
              - {id: plain, targets: [{upstream: a}]}
              - {id: ordered, targets: [{upstream: b, priority: 7}, {upstream: c, priority: 0}, {upstream: a}]}
              - {id: shared, targets: [{upstream: a, weight: 3}, {upstream: b}]}
              - {id: three, targets: [{upstream: a, weight: 5}, {upstream: b, weight: 3}, {upstream: c, weight: 2}]}
              - {id: mixed, targets: [{upstream: c, priority: 2}, {upstream: a}, {upstream: b}]}
              - {id: safe, aliases: [saved], targets: [{upstream: a}, {upstream: b, priority: 2}],
                 fallbacks: [other, saved, plain, other]}
              - {id: other, targets: [{upstream: c, model: o2, priority: 2}, {upstream: c, model: o1}], fallbacks: [ordered]}
              - {id: vectors, capabilities: [embeddings], targets: [{upstream: a}]}
              - {id: talker, capabilities: [chat, vision], targets: [{upstream: a}]}
              - {id: writer, capabilities: [completion], targets: [{upstream: a}]}
            """);
    private final Router router = new Router(new Random(42), target -> Condition.UNKNOWN, PriceList.NONE);

    @Test
    void the_lowest_priority_number_comes_first() {
        assertThat(targets("ordered")).containsExactly("c/ordered", "a/ordered", "b/ordered");
    }

    @Test
    void targets_of_one_priority_share_by_weight() {
        Map<String, Long> first = firsts("shared");

        assertThat(share(first, "a/shared")).isCloseTo(0.75, within(0.02));
        assertThat(share(first, "b/shared")).isCloseTo(0.25, within(0.02));
    }

    @Test
    void every_target_gets_its_share_and_those_left_over_share_the_second_place() {
        Map<String, Long> first = firsts("three");
        Map<String, Long> second = counted("three", order -> order.get(1));

        assertThat(share(first, "a/three")).isCloseTo(0.5, within(0.02));
        assertThat(share(first, "b/three")).isCloseTo(0.3, within(0.02));
        assertThat(share(first, "c/three")).isCloseTo(0.2, within(0.02));
        // Second after b with 5/(5+2), or after c with 5/(5+3).
        assertThat(share(second, "a/three")).isCloseTo(0.3 * 5 / 7 + 0.2 * 5 / 8, within(0.02));
    }

    @Test
    void weights_count_only_among_equals() {
        Map<String, Long> last = counted("mixed", List::getLast);

        assertThat(last).containsOnlyKeys("c/mixed");
        assertThat(share(firsts("mixed"), "a/mixed")).isCloseTo(0.5, within(0.02));
    }

    @Test
    void every_target_is_there_once() {
        for (int i = 0; i < 100; i++) {
            assertThat(targets("three")).containsExactlyInAnyOrder("a/three", "b/three", "c/three");
        }
    }

    @Test
    void fallbacks_come_after_all_targets_in_their_order_and_only_once() {
        assertThat(targets("safe")).containsExactly("a/safe", "b/safe", "c/o1", "c/o2", "a/plain");
    }

    @Test
    void a_model_is_found_by_any_of_its_names() {
        assertThat(targets("saved")).isEqualTo(targets("SAFE:latest"));
    }

    @ParameterizedTest
    @CsvSource({
        "vectors, chat, '\"vectors\" is not a chat model; it offers embeddings'",
        "vectors, completion, '\"vectors\" is not a text completion model; it offers embeddings'",
        "talker, embedding, '\"talker\" is not an embedding model; it offers chat, vision'",
        "writer, chat, '\"writer\" is not a chat model; it offers completion'"
    })
    void a_model_is_not_asked_for_what_it_cannot_do(String model, String operation, String message) {
        GatewayException failure = catchThrowableOfType(
                GatewayException.class, () -> router.targets(table, request(model, operation), Steering.NONE));

        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.param()).contains("model");
    }

    @ParameterizedTest
    @CsvSource({"vectors, embedding", "talker, chat", "talker, completion", "writer, completion", "plain, embedding"})
    void a_model_is_asked_for_what_it_can_do(String model, String operation) {
        assertThat(router.targets(table, request(model, operation), Steering.NONE))
                .hasSize(1);
    }

    @Test
    void a_model_that_nobody_knows_has_no_targets() {
        GatewayException failure = catchThrowableOfType(
                GatewayException.class, () -> router.targets(table, request("nobody", "chat"), Steering.NONE));

        assertThat(failure.kind()).isEqualTo(ErrorKind.MODEL_NOT_FOUND);
    }

    private List<String> targets(String model) {
        return router.targets(table, request(model, "chat"), Steering.NONE).stream()
                .map(Target::toString)
                .toList();
    }

    private Map<String, Long> firsts(String model) {
        return counted(model, List::getFirst);
    }

    private Map<String, Long> counted(String model, Function<List<String>, String> which) {
        return IntStream.range(0, DRAWS)
                .mapToObj(i -> which.apply(targets(model)))
                .collect(Collectors.groupingBy(target -> target, Collectors.counting()));
    }

    private static double share(Map<String, Long> counts, String target) {
        return counts.getOrDefault(target, 0L) / (double) DRAWS;
    }

    private static ModelRequest request(String model, String operation) {
        var json = Lab.object("{'model': '" + model + "'}");
        return switch (operation) {
            case "chat" -> new ChatRequest(json);
            case "completion" -> new CompletionRequest(json);
            default -> new EmbeddingRequest(json);
        };
    }
}
