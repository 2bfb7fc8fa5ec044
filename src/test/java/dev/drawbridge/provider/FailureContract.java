package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What vendors say instead of an answer, and what the provider makes of it. */
public abstract class FailureContract extends ConnectionContract {

    static Stream<Arguments> refusals() {
        return Stream.of(Refusal.values())
                .flatMap(refusal -> Stream.of(Mode.values()).map(mode -> Arguments.of(refusal, mode)));
    }

    @ParameterizedTest
    @MethodSource("dev.drawbridge.provider.FailureContract#refusals")
    void a_refusal_has_its_kind_and_the_vendors_words(Refusal refusal, Mode mode) {
        needs(refusal);
        vendor.on(path(), refusal.status(), whole(refusal.file()));

        GatewayException failure = failure(mode, target(PATIENT));

        assertThat(failure.kind()).isEqualTo(refusal.kind());
        if (refusal == Refusal.UNAUTHORIZED) {
            // Vendors quote the key in their words, and it is the gateway's.
            assertThat(failure.message()).isEqualTo("the upstream refused the gateway's credential");
            return;
        }
        // FastAPI's errors get the place that they speak of before them.
        assertThat(texts(Fixture.parse(whole(refusal.file()))))
                .contains(failure.message().replaceFirst("^[\\w.]+: ", ""));
    }

    @ParameterizedTest
    @CsvSource({"Retry-After, 7, 7000", "Retry-After, 0.5, 500", "retry-after-ms, 1500, 1500"})
    void the_wait_that_a_vendor_asks_for_is_kept(String header, String value, long millis) {
        vendor.on(path(), (call, answer) -> answer.whole(429, Map.of(header, value), whole("rate-limited")));

        for (Mode mode : Mode.values()) {
            assertThat(failure(mode, target(PATIENT)).retryAfter()).contains(Duration.ofMillis(millis));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void an_error_inside_a_good_status_is_an_error_before_anything_is_sent(Mode mode) {
        serve("error-inside-ok", mode);

        GatewayException failure = mode == Mode.WHOLE ? failure(mode, target(PATIENT)) : refusedStream();

        assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
        assertThat(whole("error-inside-ok")).contains(failure.message());
    }

    @Test
    void an_error_in_one_piece_to_a_stream_request_is_one_too() {
        serve("error-inside-ok", Mode.WHOLE);

        assertThat(refusedStream().kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
    }

    @Test
    void an_error_amid_the_stream_ends_it_with_the_vendors_words() {
        serve("error-mid-stream", Mode.STREAM);

        GatewayException failure = amid();

        assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
        assertThat(streamed("error-mid-stream")).contains(failure.message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"~~~", "<html><body>Bad gateway</body></html>", "[1]", "\"Hi\"", "null", "{}", "{\"id\":", ""})
    void what_is_no_reply_is_a_failure_of_the_upstream(String body) {
        ErrorKind kind = body.isEmpty() || body.equals("{}") ? ErrorKind.EMPTY_ANSWER : ErrorKind.UPSTREAM_ERROR;
        for (String type : List.of("application/json", "text/html")) {
            vendor.on(path(), (call, answer) -> answer.whole(200, type, body));
            assertThat(failure(Mode.WHOLE, target(PATIENT)).kind()).isEqualTo(kind);
        }
        vendor.on(path(), (call, answer) -> answer.whole(200, "text/html", body));
        assertThat(failure(Mode.STREAM, target(PATIENT)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~~~", "<html>", "[1]", "\"Hi\"", "null", "{\"id\":"})
    void what_is_no_stream_is_a_failure_of_the_upstream(String document) {
        stream(List.of(wire().frame().formatted(document)));
        assertThat(refusedStream().kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);

        halfThen((call, answer) ->
                answer.chunk(wire().frame().formatted(document)).end());
        assertThat(amid().kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR);
    }

    @Test
    void an_empty_stream_is_a_failure_before_anything_is_sent() {
        for (List<String> frames : List.of(List.<String>of(), List.of("\n\n"))) {
            stream(frames);
            assertThat(refusedStream().kind()).isEqualTo(ErrorKind.EMPTY_ANSWER);
        }
    }

    private static List<String> texts(JsonNode tree) {
        List<String> texts = new ArrayList<>();
        if (tree.isTextual()) {
            texts.add(tree.textValue());
        }
        tree.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }
}
