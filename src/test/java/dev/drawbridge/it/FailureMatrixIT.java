package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.it.Failing.Then;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every failure × whole and streamed × both dialects × at the first, the first two, or all three targets of a model:
 * what the client sees, how often each upstream was asked, and what was billed. Each case has upstreams of its own, since
 * a gateway remembers who has failed.
 */
@ExtendWith(ShippedWar.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureMatrixIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> TARGETS = List.of("a", "b", "c");

    private final List<Case> cases = cases();
    private final FakeUpstream vendor = new FakeUpstream();

    /** @param failing how many of the three targets fail */
    record Case(int number, Failing failure, boolean streamed, boolean ollama, int failing) {
        String upstream(int target) {
            return TARGETS.get(target) + number;
        }

        @Override
        public String toString() {
            return failure + (streamed ? ", streamed" : ", whole") + (ollama ? ", Ollama" : ", OpenAI") + ", at "
                    + failing;
        }
    }

    private static List<Case> cases() {
        Case[] all = Stream.of(Failing.values())
                .flatMap(failure -> Stream.of(false, true)
                        .filter(failure::happens)
                        .flatMap(streamed -> Stream.of(false, true)
                                .flatMap(ollama -> Stream.of(1, 2, 3)
                                        .map(failing -> new Case(0, failure, streamed, ollama, failing)))))
                .toArray(Case[]::new);
        for (int i = 0; i < all.length; i++) {
            all[i] = new Case(i, all[i].failure(), all[i].streamed(), all[i].ollama(), all[i].failing());
        }
        return List.of(all);
    }

    @BeforeAll
    void configure() throws InterruptedException {
        StringBuilder upstreams = new StringBuilder();
        StringBuilder models = new StringBuilder();
        for (Case one : cases) {
            models.append("  - { id: matrix-").append(one.number()).append(", targets: [");
            for (int target = 0; target < 3; target++) {
                upstreams.append(upstream(one, target));
                models.append("{ upstream: %s, priority: %d }, ".formatted(one.upstream(target), target + 1));
            }
            models.append("] }\n");
        }
        World.write("retries: { attempts: 1 }\nupstreams:\n" + upstreams + "models:\n" + models);
        assertThat(Waiting.until(SOON, () -> known("matrix-" + (cases.size() - 1))))
                .isTrue();
    }

    private String upstream(Case one, int target) {
        boolean nobody = one.failure() == Failing.REFUSED && target < one.failing();
        String url = nobody ? "http://127.0.0.1:1" : vendor.url() + "/" + one.upstream(target);
        return "  - { name: %s, kind: openai, base-url: %s/v1, discovery: false,".formatted(one.upstream(target), url)
                + " timeouts: { connect: 2s, first-token: 700ms, idle: 700ms, total: 700ms } }\n";
    }

    @AfterAll
    void as_it_was() throws InterruptedException {
        vendor.close();
        World.configure("");
        assertThat(Waiting.until(SOON, () -> known(World.MODEL))).isTrue();
    }

    List<Case> allCases() {
        return cases;
    }

    @ParameterizedTest
    @MethodSource("allCases")
    void the_caller_is_answered_once_or_told_and_the_bill_is_right(Case one) throws Exception {
        for (int target = 0; target < 3; target++) {
            vendor.on(
                    "/" + one.upstream(target) + "/v1/chat/completions",
                    target < one.failing()
                            ? one.failure().script()
                            : one.streamed()
                                    ? Said.hello()
                                    : (call, answer) ->
                                            answer.whole(200, "application/json", Said.reply("Hello world")));
        }
        String id = "matrix-" + one.number();
        boolean everywhere = one.failing() == 3;
        boolean told = everywhere || one.failure().then() != Then.NEXT_TARGET;

        Http.Reply reply = ask(one, id);

        int asked = one.failure().then() == Then.TELL ? 1 : Math.min(one.failing() + 1, 3);
        for (int target = 0; target < 3; target++) {
            boolean reachable = one.failure() != Failing.REFUSED || target >= one.failing();
            long calls = target < asked && reachable ? 1 : 0;
            boolean again =
                    calls == 1 && target < one.failing() && one.failure().looksStale();
            assertThat(callsOf(one.upstream(target)))
                    .as("calls of " + TARGETS.get(target))
                    .isBetween(calls, again ? 2 : calls);
        }
        String line = line(id);
        assertThat(line).contains(" attempts=" + asked + " ");
        if (told) {
            refused(one, reply);
            assertThat(line).contains(" status=" + one.failure().status()).doesNotContain(" in=");
        } else {
            assertThat(text(one, reply)).isEqualTo("Hello world");
            assertThat(reply.header("x-drawbridge-upstream")).isEqualTo(one.upstream(one.failing()));
            assertThat(reply.header("x-drawbridge-attempts")).isEqualTo(Integer.toString(asked));
            assertThat(line)
                    .contains(" upstream=" + one.upstream(one.failing()) + " ")
                    .contains(" status=200 ")
                    .contains(" in=3 out=2")
                    .doesNotContain("usage=");
        }
    }

    private static Http.Reply ask(Case one, String id) {
        String question = "{\"model\":\"" + id + "\",\"stream\":" + one.streamed()
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return Http.send(Http.request(one.ollama() ? "/api/chat" : World.CHAT)
                .header("x-request-id", id)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question)));
    }

    private static void refused(Case one, Http.Reply reply) {
        assertThat(reply.status()).isEqualTo(one.failure().status());
        if (one.ollama()) {
            assertThat(reply.error().isTextual()).isTrue();
            assertThat(reply.error().textValue()).isNotEmpty();
        } else {
            assertThat(reply.error().path("code").asText())
                    .isEqualTo(one.failure().code());
            assertThat(reply.error().path("message").textValue()).isNotEmpty();
        }
    }

    private static String text(Case one, Http.Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        StringBuilder text = new StringBuilder();
        if (one.ollama()) {
            reply.body()
                    .lines()
                    .map(Http::json)
                    .forEach(line -> text.append(line.at("/message/content").asText()));
        } else if (one.streamed()) {
            assertThat(reply.events()).endsWith("[DONE]");
            for (JsonNode chunk : reply.chunks()) {
                text.append(chunk.at("/choices/0/delta/content").asText(""));
            }
        } else {
            text.append(reply.json().at("/choices/0/message/content").asText());
        }
        return text.toString();
    }

    private long callsOf(String upstream) {
        return vendor.calls().stream()
                .filter(call -> call.path().startsWith("/" + upstream + "/"))
                .count();
    }

    private static boolean known(String model) {
        return Http.get("/v1/models/" + model).status() == 200;
    }

    private static String line(String id) throws InterruptedException {
        assertThat(Waiting.until(SOON, () -> lines(id).size() == 1)).isTrue();
        return lines(id).getFirst() + " ";
    }

    private static List<String> lines(String id) {
        try (Stream<String> lines = Files.lines(World.LOG)) {
            return lines.filter(line -> line.contains("id=" + id + " ")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
