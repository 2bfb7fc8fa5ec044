package dev.drawbridge.governance.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.governance.GateConfig;
import dev.drawbridge.config.governance.WebhookConfig;
import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.gate.Refusal.Kind;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.webhook.Webhooks;
import dev.drawbridge.webhook.Webhooks.Address;
import dev.drawbridge.webhook.Webhooks.Delivery;
import dev.drawbridge.webhook.Webhooks.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Asks an address. It answers {@code {"allow":true}}, or says why not. */
final class WebhookGate implements Gate {
    private static final System.Logger LOG = System.getLogger(WebhookGate.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_REASON = "The call is not allowed";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final GateConfig config;
    private final Webhooks webhooks;

    WebhookGate(GateConfig config, Webhooks webhooks) {
        this.config = config;
        this.webhooks = webhooks;
    }

    @Override
    public Optional<Refusal> check(Question question) {
        WebhookConfig hook = config.webhook();
        try {
            Reply reply = webhooks.ask(
                    new Address(hook.url(), hook.secret(), hook.timeout()),
                    new Delivery(question.request(), body(question)));
            return read(reply);
        } catch (RuntimeException | IOException e) {
            // Also what Fault Tolerance has for a call that takes too long.
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be asked: {1}", hook, e.toString());
            if (config.refuseOnFailure()) {
                throw new GatewayException(
                                ErrorKind.NO_CAPACITY, "Whoever allows calls cannot be asked now; try again soon")
                        .withRetryAfter(SOON);
            }
            return Optional.empty();
        }
    }

    private static String body(Question question) {
        Account account = question.account();
        ObjectNode body = Json.object();
        body.put("type", "before-call")
                .put("request", question.request())
                .put("caller", question.caller())
                .put("key", account.key())
                .put("user", account.user())
                .put("project", account.project())
                .put("team", account.team())
                .put(
                        "operation",
                        question.operation().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("model", question.model());
        question.labels().forEach(body.putObject("labels")::put);
        return body.toString();
    }

    /** A good status alone says yes; 402, 403 and 429 alone say no. */
    private static Optional<Refusal> read(Reply reply) throws IOException {
        JsonNode said = reply.body().isEmpty() ? Json.object() : JSON.readTree(reply.body());
        Optional<Kind> byStatus = switch (reply.status()) {
            case 402 -> Optional.of(Kind.QUOTA_EXHAUSTED);
            case 403 -> Optional.of(Kind.FORBIDDEN);
            case 429 -> Optional.of(Kind.RATE_LIMITED);
            default -> Optional.empty();
        };
        boolean good = reply.status() < 300;
        if (byStatus.isEmpty() && !good) {
            throw new IOException("it answers with status " + reply.status());
        }
        if (good && said.path("allow").asBoolean(true)) {
            return Optional.empty();
        }
        long seconds = said.path("retry-after").asLong(0);
        return Optional.of(new Refusal(
                Kind.of(said.path("kind").asText()).or(() -> byStatus).orElse(Kind.FORBIDDEN),
                said.path("reason").asText(NO_REASON),
                Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())))
                        .filter(Duration::isPositive)));
    }
}
