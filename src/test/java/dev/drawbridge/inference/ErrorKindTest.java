package dev.drawbridge.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.inference.ErrorKind.Hold;
import dev.drawbridge.inference.ErrorKind.Pause;
import dev.drawbridge.inference.ErrorKind.Retry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorKindTest {

    /** The kinds that upstreams cause: status, who may be tried next, what is held, seconds, whether it is to blame. */
    @ParameterizedTest
    @CsvSource({
        "UNSUPPORTED_PARAMETER, 400, NEXT_TARGET, NOTHING, 0, false",
        "CONTEXT_LENGTH, 400, LARGER_CONTEXT, NOTHING, 0, false",
        "CONTENT_FILTER, 400, NEVER, NOTHING, 0, false",
        "TOO_LARGE, 413, NEXT_TARGET, NOTHING, 0, false",
        "CLIENT_GONE, 499, NEVER, NOTHING, 0, false",
        "UPSTREAM_UNAUTHORIZED, 401, NEXT_TARGET, CREDENTIAL, 60, false",
        "UPSTREAM_FORBIDDEN, 403, NEXT_TARGET, NOTHING, 0, false",
        "UPSTREAM_MODEL_NOT_FOUND, 404, NEXT_TARGET, MODEL, 5, false",
        "RATE_LIMITED, 429, SAME_TARGET, CREDENTIAL_FOR_MODEL, 1, false",
        "QUOTA_EXHAUSTED, 429, NEXT_TARGET, CREDENTIAL, 600, false",
        "UPSTREAM_ERROR, 502, SAME_TARGET, NOTHING, 0, true",
        "UNREACHABLE, 502, SAME_TARGET, NOTHING, 0, true",
        "EMPTY_ANSWER, 502, SAME_TARGET, NOTHING, 0, true",
        "OVERLOADED, 503, SAME_TARGET, MODEL, 0, true",
        "TIMEOUT, 504, NEXT_TARGET, NOTHING, 0, true"
    })
    void each_kind_knows_what_follows(ErrorKind kind, int status, Retry retry, Hold hold, int seconds, boolean blames) {
        assertThat(kind.status()).isEqualTo(status);
        assertThat(kind.retry()).isEqualTo(retry);
        assertThat(kind.hold()).isEqualTo(hold);
        assertThat(kind.holdTime()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(kind.blames()).isEqualTo(blames);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_never_tried_again_holds_nothing_and_blames_nobody(ErrorKind kind) {
        if (kind.retry() == Retry.NEVER) {
            assertThat(kind.hold()).isEqualTo(Hold.NOTHING);
            assertThat(kind.blames()).isFalse();
            assertThat(kind.worthRetrying()).isEqualTo(kind == ErrorKind.NO_CAPACITY);
        }
    }

    /** The wait that the upstream asks for in seconds, and how long its hold lasts. */
    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, , 1",
        "RATE_LIMITED, 1, 1",
        "RATE_LIMITED, 90, 90",
        "QUOTA_EXHAUSTED, , 600",
        "QUOTA_EXHAUSTED, 34, 600",
        "QUOTA_EXHAUSTED, 900, 900",
        "QUOTA_EXHAUSTED, 99999999, 3600",
        "OVERLOADED, , 0",
        "OVERLOADED, 7, 7",
        "UPSTREAM_ERROR, , 0",
        "UPSTREAM_ERROR, 7, 7"
    })
    void a_hold_lasts_as_long_as_the_upstream_says(ErrorKind kind, Long asked, int seconds) {
        GatewayException failure =
                new GatewayException(kind, "x").withRetryAfter(asked == null ? null : Duration.ofSeconds(asked));

        assertThat(failure.holdTime()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void a_rule_may_hold_something_else() {
        GatewayException failure = new GatewayException(ErrorKind.UPSTREAM_FORBIDDEN, "x")
                .withPause(new Pause(Hold.UPSTREAM, Duration.ofSeconds(9)))
                .at("model")
                .withCode("c")
                .withRetryAfter(null);

        assertThat(failure.hold()).isEqualTo(Hold.UPSTREAM);
        assertThat(failure.holdTime()).isEqualTo(Duration.ofSeconds(9));
        assertThat(failure.param()).contains("model");
        assertThat(failure.code()).contains("c");
    }
}
