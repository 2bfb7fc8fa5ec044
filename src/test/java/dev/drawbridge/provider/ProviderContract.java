package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every upstream protocol owes the gateway. A subclass says how its vendor speaks, in fixtures named after the
 * abilities, and which of them it lacks; what clients get is the same for all.
 */
public abstract class ProviderContract extends FailureContract {

    static Stream<Arguments> answers() {
        return Stream.of(Ability.values())
                .flatMap(ability -> Stream.of(Mode.values())
                        .filter(mode -> mode == Mode.STREAM || ability.alsoWhole())
                        .map(mode -> Arguments.of(ability, mode)));
    }

    static Stream<Arguments> questions() {
        return answers()
                .filter(arguments -> Fixture.find("hub/" + ((Fixture) arguments.get()[0]).file() + ".json")
                        .isPresent());
    }

    @ParameterizedTest
    @MethodSource("dev.drawbridge.provider.ProviderContract#answers")
    void an_answer_says_the_same_whatever_the_wire_looks_like(Ability ability, Mode mode) {
        needs(ability);
        serve(ability, mode);

        assertThat(ask(mode, request(ability))).isEqualTo(ability.outcome());
    }

    @ParameterizedTest
    @MethodSource("dev.drawbridge.provider.ProviderContract#questions")
    void the_vendor_is_asked_in_its_own_words(Ability ability, Mode mode) {
        needs(ability);
        serve(ability, mode);

        ask(mode, request(ability));

        String wanted = Fixture.read(protocol() + "/" + ability.file() + ".request.json");
        assertThat(asked()).isEqualTo(asking((ObjectNode) Fixture.parse(wanted), mode));
        assertThat(vendor.lastCall().method()).isEqualTo("POST");
        assertThat(vendor.lastCall().headers().get("content-type")).startsWith("application/json");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void the_clients_request_stays_as_it_was(Mode mode) {
        serve(Ability.TEXT, mode);
        ChatRequest request = request(Ability.TEXT);
        JsonNode before = request.json().deepCopy();

        ask(mode, request);

        assertThat((JsonNode) request.json()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void a_whole_reply_to_a_stream_request_becomes_a_stream(Ability ability) {
        needs(ability);
        if (ability.alsoWhole()) {
            serve(ability, Mode.WHOLE);

            assertThat(ask(Mode.STREAM, request(ability))).isEqualTo(ability.outcome());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_may_be_split_anywhere(Ability ability) {
        needs(ability);
        Random sizes = new Random(42);
        for (int most : new int[] {1, 7, 100, 100_000}) {
            serveInPieces(streamed(ability.file()).getBytes(StandardCharsets.UTF_8), () -> 1 + sizes.nextInt(most));

            assertThat(ask(Mode.STREAM, request(ability))).isEqualTo(ability.outcome());
        }
    }

    @Test
    void an_answer_read_to_its_end_leaves_the_connection_open_for_the_next() {
        Thread[] connections = new Thread[4];
        for (int i = 0; i < connections.length; i++) {
            int number = i;
            Mode mode = i % 2 == 0 ? Mode.STREAM : Mode.WHOLE;
            String body = mode == Mode.STREAM ? streamed("text") : whole("text");
            vendor.on(path(), (call, answer) -> {
                connections[number] = Thread.currentThread();
                answer.start(200, mode == Mode.STREAM ? wire().contentType() : "application/json");
                answer.chunk(body).end();
            });
            ask(mode, request(Ability.TEXT));
        }

        assertThat(connections).containsOnly(connections[0]);
    }

    /** An ability that nobody has written a fixture for is noticed here, and so is one that is there after all. */
    @Test
    void each_ability_is_shown_by_a_fixture_or_declared_to_be_lacking() {
        Stream<Fixture> all = Stream.concat(Arrays.stream(Ability.values()), Arrays.stream(Refusal.values()));

        assertThat(all).allSatisfy(fixture -> {
            String stream = protocol() + "/" + fixture.file() + "." + wire().extension();
            boolean shown = Fixture.find(protocol() + "/" + fixture.file() + ".json")
                    .or(() -> Fixture.find(stream))
                    .isPresent();
            assertThat(shown).isNotEqualTo(lacks().containsKey(fixture));
        });
    }

    private void serveInPieces(byte[] bytes, IntSupplier sizes) {
        vendor.on(path(), (call, answer) -> {
            answer.start(200, wire().contentType());
            for (int from = 0, to; from < bytes.length; from = to) {
                to = Math.min(bytes.length, from + sizes.getAsInt());
                answer.chunk(Arrays.copyOfRange(bytes, from, to));
            }
            answer.end();
        });
    }
}
