package dev.drawbridge.gateway;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Router;
import dev.drawbridge.routing.Slots;
import dev.drawbridge.usage.RequestLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.random.RandomGenerator;

/** Answers calls. Blocking: call it on virtual threads. Thread-safe. */
@Singleton
public class Gateway {
    private final LiveConfig config;
    private final Models models;
    private final Providers providers;
    private final Slots slots;
    private final RequestLog log;
    private final Router router = new Router(RandomGenerator.getDefault());

    @Inject
    public Gateway(LiveConfig config, Models models, Providers providers, Slots slots, RequestLog log) {
        this.config = config;
        this.models = models;
        this.providers = providers;
        this.slots = slots;
        this.log = log;
    }

    /**
     * A whole answer from the first target that succeeds.
     *
     * @throws GatewayException when none does
     */
    public Answer<ModelReply> answer(Call call) {
        Meter meter = meter(call);
        return meter.reply(meter.failing(() -> {
            List<Target> targets = router.targets(models.current(), call.request());
            return meter.attempts()
                    .first(
                            targets,
                            call.request(),
                            (target, adapted, slot) -> reply(target, adapted, slot, call.scope()));
        }));
    }

    /**
     * A streamed answer from the first target that begins one; the caller closes it.
     *
     * @throws GatewayException when none does
     */
    public Answer<ModelStream> stream(Call call) {
        Meter meter = meter(call);
        Answer<ModelStream> answer = meter.failing(() -> {
            List<Target> targets = router.targets(models.current(), call.request());
            return meter.attempts()
                    .first(
                            targets,
                            call.request(),
                            (target, adapted, slot) -> begin(target, adapted, slot, call.scope()));
        });
        return answer.with(new MeteredStream(answer.content(), call, meter::streamed));
    }

    private ModelReply reply(Target target, ModelRequest adapted, Slots.Slot slot, CallScope scope) {
        ModelReply reply = providers.of(target.upstream()).answer(target, adapted, scope);
        for (var rule : target.adaptations()) {
            reply = rule.reply(reply);
        }
        slot.close();
        return reply;
    }

    private ModelStream begin(Target target, ModelRequest adapted, Slots.Slot slot, CallScope scope) {
        ModelStream stream = new SlottedStream(providers.of(target.upstream()).stream(target, adapted, scope), slot);
        for (var rule : target.adaptations()) {
            stream = rule.stream(stream);
        }
        return stream;
    }

    private Meter meter(Call call) {
        boolean logged = config.current().server().requestLog();
        return new Meter(call, new Attempts(config.current().retries(), slots), logged ? log::add : record -> {});
    }
}
