package dev.drawbridge.it;

import dev.drawbridge.fakes.Answer;
import dev.drawbridge.fakes.FakeUpstream.Script;
import java.io.IOException;
import java.util.Map;

/** All the ways in which an upstream fails before the first word of its answer, and what a gateway makes of each. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum Failing {
    REFUSED(Then.NEXT_TARGET, 502, "upstream_error", answer -> {}),
    RESET(Then.NEXT_TARGET, 502, "upstream_error", Answer::reset),
    CLOSED(Then.NEXT_TARGET, 502, "upstream_error", Answer::cut),
    SILENT(Then.NEXT_TARGET, 504, "total_timeout", answer -> Thread.sleep(1500)),
    STALLED_IN_THE_HEAD(Then.NEXT_TARGET, 504, "total_timeout", answer -> {
        answer.raw("HTTP/1.1 200 OK\r\nContent-");
        Thread.sleep(1500);
    }),
    TRICKLING(Then.NEXT_TARGET, 504, "total_timeout", answer -> {
        answer.start(200, "application/json");
        for (int i = 0; i < 15; i++) {
            answer.chunk(" ");
            Thread.sleep(100);
        }
    }),
    NO_HTTP(Then.NEXT_TARGET, 502, "upstream_error", answer -> {
        answer.raw("SSH-2.0-OpenSSH_9.6\r\n");
        answer.cut();
    }),
    TRUNCATED(Then.NEXT_TARGET, 502, "upstream_error", answer -> {
        answer.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"id\":");
        answer.cut();
    }),
    TOO_SHORT_A_LENGTH(Then.NEXT_TARGET, 502, "upstream_error", answer -> {
        answer.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n"
                + Said.reply("Hello world"));
        answer.cut();
    }),
    GARBAGE(Then.NEXT_TARGET, 502, "upstream_error", json(200, "}{ \u0000 no json")),
    A_PAGE(
            Then.NEXT_TARGET,
            502,
            "upstream_error",
            answer -> answer.whole(200, "text/html", "<html><body>Welcome to the captive portal</body></html>")),
    ERROR_IN_200(Then.NEXT_TARGET, 502, "upstream_error", json(200, Said.error("it broke", "boom"))),
    NOTHING(Then.NEXT_TARGET, 502, "upstream_error", json(200, "")),
    NO_CHOICES(Then.NEXT_TARGET, 502, "upstream_error", json(200, Said.replyOf(""))),
    ONLY_A_ROLE_AND_AN_ERROR(Then.NEXT_TARGET, 502, "upstream_error", streamed(Said.role(), Said.error("oh", "no"))),
    ONLY_A_ROLE_AND_THE_END(Then.NEXT_TARGET, 502, "upstream_error", answer -> {
        answer.start(200, "text/event-stream").events(Said.role());
        answer.cut();
    }),
    NO_EVENTS(
            Then.NEXT_TARGET,
            502,
            "upstream_error",
            answer -> answer.start(200, "text/event-stream").end()),
    BROKEN(Then.NEXT_TARGET, 502, "upstream_error", json(500, Said.error("it broke", "boom"))),
    BAD_GATEWAY(
            Then.NEXT_TARGET,
            502,
            "upstream_error",
            answer -> answer.whole(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>")),
    OVERLOADED(
            Then.NEXT_TARGET,
            503,
            "server_is_overloaded",
            answer -> answer.whole(
                    503,
                    Map.of("Content-Type", "application/json", "Retry-After", "7"),
                    Said.error("busy", "overloaded"))),
    OVERLOADED_529(Then.NEXT_TARGET, 503, "server_is_overloaded", json(529, Said.error("busy", "overloaded_error"))),
    RATE_LIMITED(
            Then.NEXT_TARGET,
            429,
            "rate_limit_exceeded",
            answer -> answer.whole(
                    429,
                    Map.of("Content-Type", "application/json", "retry-after-ms", "7000"),
                    Said.error("slow", "slow"))),
    QUOTA(Then.NEXT_TARGET, 429, "insufficient_quota", json(429, Said.error("no money", "insufficient_quota"))),
    CREDIT_402(Then.NEXT_TARGET, 429, "insufficient_quota", json(402, Said.error("pay", "payment_required"))),
    CREDIT_403(Then.NEXT_TARGET, 429, "insufficient_quota", json(403, Said.error("out of credit", "none"))),
    UNAUTHORIZED(Then.NEXT_TARGET, 401, "upstream_unauthorized", json(401, Said.error("bad key sk-1", "bad"))),
    NO_SUCH_MODEL(Then.NEXT_TARGET, 404, "model_not_found", json(404, Said.error("gone", "model_not_found"))),
    TOO_LONG(
            Then.LARGER_CONTEXT,
            400,
            "context_length_exceeded",
            json(400, Said.error("This model's maximum context length is 8 tokens", "context_length_exceeded"))),
    FILTERED(Then.TELL, 400, "content_filter", json(400, Said.error("no", "content_filter"))),
    WRONG_REQUEST(Then.TELL, 400, "bad", json(400, Said.error("temperature is hot", "bad")));

    /** What follows. */
    enum Then {
        NEXT_TARGET,
        /** Nobody here has a larger one. */
        LARGER_CONTEXT,
        TELL
    }

    private interface Play {
        void play(Answer answer) throws IOException, InterruptedException;
    }

    private final Then then;
    private final int status;
    private final String code;
    private final Play play;

    Failing(Then then, int status, String code, Play play) {
        this.then = then;
        this.status = status;
        this.code = code;
        this.play = play;
    }

    private static Play json(int status, String body) {
        return answer -> answer.whole(status, "application/json", body);
    }

    private static Play streamed(String... events) {
        return answer -> answer.start(200, "text/event-stream").events(events).end();
    }

    Then then() {
        return then == Then.LARGER_CONTEXT ? Then.TELL : then;
    }

    /** What the client is told when nobody else can answer. */
    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** Whether a kept connection that ends so may have been dead before, so that the same request is sent once more. */
    boolean looksStale() {
        return this == RESET || this == CLOSED || this == NO_HTTP;
    }

    /** Whether it can happen to a call of this kind. */
    boolean happens(boolean streamed) {
        return switch (this) {
            case ONLY_A_ROLE_AND_AN_ERROR, ONLY_A_ROLE_AND_THE_END, NO_EVENTS -> streamed;
            default -> true;
        };
    }

    Script script() {
        return (call, answer) -> play.play(answer);
    }
}
