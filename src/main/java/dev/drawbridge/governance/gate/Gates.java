package dev.drawbridge.governance.gate;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.governance.GateConfig;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.webhook.Webhooks;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks all gates: those of this server first, then the webhooks in their order. The first refusal counts. */
@Singleton
public class Gates {
    private final List<Gate> beans;
    private final Supplier<List<GateConfig>> hooks;
    private final Webhooks webhooks;

    @Inject
    Gates(@Any Instance<Gate> beans, LiveConfig config, Webhooks webhooks) {
        this(beans.stream().toList(), () -> config.current().governance().before(), webhooks);
    }

    public Gates(List<Gate> beans, Supplier<List<GateConfig>> hooks, Webhooks webhooks) {
        this.beans = beans;
        this.hooks = hooks;
        this.webhooks = webhooks;
    }

    /** Whether there is anybody to ask. */
    public boolean isEmpty() {
        return beans.isEmpty() && hooks.get().isEmpty();
    }

    /** @throws GatewayException when one refuses */
    public void check(Question question) {
        for (Gate gate : beans) {
            check(gate, question);
        }
        for (GateConfig hook : hooks.get()) {
            check(new WebhookGate(hook, webhooks), question);
        }
    }

    private static void check(Gate gate, Question question) {
        Optional<Refusal> refusal = gate.check(question);
        if (refusal.isPresent()) {
            throw refusal.get().failure();
        }
    }
}
