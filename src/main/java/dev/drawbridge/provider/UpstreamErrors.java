package dev.drawbridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.catalog.FailureRule;
import dev.drawbridge.catalog.FailureRules;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.transport.UpstreamExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What the failures of an upstream mean, by the rules of its kind. Immutable. */
public final class UpstreamErrors {
    private static final UpstreamErrors GENERAL = new UpstreamErrors(FailureRules.general());

    private final FailureRules rules;

    UpstreamErrors(FailureRules rules) {
        this.rules = rules;
    }

    /** By the rules that hold for all. */
    public static UpstreamErrors general() {
        return GENERAL;
    }

    /** Whether a document is an error although it came as an answer. */
    public static boolean isError(JsonNode document) {
        return Json.present(document, "error")
                || document.isArray()
                || Json.text(document, "object").equals("error");
    }

    /** The failure that an answer with an error status stands for; reads its body. */
    public GatewayException read(UpstreamExchange exchange) {
        try {
            Optional<Duration> wait = RetryAfter.of(exchange.status(), exchange::header, rules.limits());
            return failure(exchange.status(), ErrorBody.of(exchange.bytes()), wait);
        } catch (IOException e) {
            return exchange.failure(e);
        }
    }

    /** The failure that a status and a body stand for, whoever received them. */
    public GatewayException read(int status, byte[] body) {
        return failure(status, ErrorBody.of(body), Optional.empty());
    }

    /** The failure that an error inside of a good answer stands for. */
    public GatewayException inside(JsonNode document) {
        ErrorBody body = ErrorBody.of(document);
        return failure(body.status(), body, Optional.empty());
    }

    private GatewayException failure(int status, ErrorBody body, Optional<Duration> wait) {
        Optional<FailureRule> rule = rules.match(status, body.words());
        ErrorKind kind = rule.map(FailureRule::kind).orElse(ErrorKind.UPSTREAM_ERROR);
        GatewayException failure = new GatewayException(kind, said(kind, body.message(), status))
                .at(body.param().orElse(null))
                .withCode(body.code().orElse(null))
                .withRetryAfter(wait.or(() -> patience(kind, body)).orElse(null));
        return rule.flatMap(FailureRule::pause).map(failure::withPause).orElse(failure);
    }

    /** Only where waiting helps: other bodies may quote what the client wrote of waiting. */
    private static Optional<Duration> patience(ErrorKind kind, ErrorBody body) {
        return kind.worthRetrying() || kind == ErrorKind.QUOTA_EXHAUSTED ? body.asksFor() : Optional.empty();
    }

    private static String said(ErrorKind kind, String message, int status) {
        // Vendors quote the refused key, or its ends; it is ours, and none of the client's business.
        if (kind == ErrorKind.UPSTREAM_UNAUTHORIZED) {
            return "the upstream refused the gateway's credential";
        }
        if (message.isEmpty()) {
            return status < 300 ? "the upstream answered with an error" : "the upstream answered with status " + status;
        }
        return message;
    }
}
