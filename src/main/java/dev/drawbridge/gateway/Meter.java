package dev.drawbridge.gateway;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.TokenEstimate;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.usage.CallRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Watches one call from its start to its end and makes the one record of it, however it ends. */
final class Meter {
    private final Call call;
    private final Tries tries;
    private final Consumer<CallRecord> log;

    Meter(Call call, Tries tries, Consumer<CallRecord> log) {
        this.call = call;
        this.tries = tries;
        this.log = log;
    }

    Tries tries() {
        return tries;
    }

    /** Does the work; records the call when it fails. */
    <T> T failing(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            ErrorKind kind = e instanceof GatewayException failure ? failure.kind() : ErrorKind.INTERNAL;
            record(tries.lastUpstream(), kind.status(), Optional.empty());
            throw e;
        }
    }

    Answer<ModelReply> reply(Answer<ModelReply> answer) {
        ModelReply reply = answer.content();
        Usage usage = reply.usage().orElseGet(() -> estimate(reply));
        // Read to its end for its usage, perhaps, although nobody waits for it.
        int status = call.scope().hasEnded() ? call.scope().reason().kind().status() : 200;
        record(answer.target().upstream().name(), status, Optional.of(usage));
        return reply.usage().isPresent() ? answer : answer.with(withUsage(reply, usage));
    }

    Answer<ModelStream> stream(Answer<ModelStream> answer) {
        Upstream upstream = answer.target().upstream();
        return answer.with(new MeteredStream(
                answer.content(),
                call,
                upstream,
                end -> record(upstream.name(), end.status(), Optional.of(end.usage()))));
    }

    private Usage estimate(ModelReply reply) {
        return new Usage(
                TokenEstimate.ofPrompt(call.request()),
                0,
                TokenEstimate.ofReply(reply.json()),
                0,
                Usage.Origin.ESTIMATED);
    }

    /** Clients expect the figures, so an estimate is better than none; the log says that it is one. */
    private static ModelReply withUsage(ModelReply reply, Usage usage) {
        return new ModelReply(Json.with(reply.json(), "usage", usage.toJson()), reply.original());
    }

    private void record(String upstream, int status, Optional<Usage> usage) {
        log.accept(new CallRecord(
                call.id(),
                call.caller().name(),
                call.request().operation(),
                call.request().model(),
                upstream,
                tries.count(),
                status,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - call.startedNanos()),
                usage));
    }
}
