package dev.drawbridge.gateway;

import dev.drawbridge.gateway.account.Tab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.inference.text.TokenEstimate;
import dev.drawbridge.provider.Target;
import dev.drawbridge.usage.CallRecord.Outcome;
import dev.drawbridge.usage.CallRecord.Times;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Watches one call from its start to its end and closes its account once, however it ends. */
final class Meter {
    private final Call call;
    private final Tries tries;
    private final Tab tab;

    /** How a call ended: with which status, and after which failure, if there was one. */
    record End(int status, Optional<ErrorKind> failure) {
        static final End GOOD = new End(200, Optional.empty());

        static End of(Throwable thrown) {
            ErrorKind kind = thrown instanceof GatewayException failure ? failure.kind() : ErrorKind.INTERNAL;
            return new End(kind.status(), Optional.of(kind));
        }
    }

    Meter(Call call, Tries tries, Tab tab) {
        this.call = call;
        this.tries = tries;
        this.tab = tab;
    }

    Call call() {
        return call;
    }

    Tries tries() {
        return tries;
    }

    Tab tab() {
        return tab;
    }

    /** Does the work; records the call when it fails, whatever the reason: what it has set aside is free again. */
    <T> T failing(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            close(End.of(e), tries.lastTarget(), Optional.empty(), OptionalLong.empty());
            throw e;
        }
    }

    Answer<ModelReply> reply(Answer<ModelReply> answer) {
        ModelReply reply = answer.content();
        Usage usage = reply.usage().orElseGet(() -> estimate(reply));
        // Read to its end for its usage, perhaps, although nobody waits for it.
        End end = call.scope().hasEnded() ? End.of(call.scope().reason()) : End.GOOD;
        close(end, Optional.of(answer.target()), Optional.of(usage), OptionalLong.empty());
        return told(reply.usage().isPresent() ? answer : answer.with(withUsage(reply, usage)));
    }

    Answer<ModelStream> stream(Answer<ModelStream> answer) {
        Target target = answer.target();
        return told(answer.with(new MeteredStream(
                answer.content(),
                call,
                target.upstream(),
                (end, usage, firstToken) -> close(end, Optional.of(target), Optional.of(usage), firstToken))));
    }

    private <T> Answer<T> told(Answer<T> answer) {
        return answer.telling(tab.headers());
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

    private void close(End end, Optional<Target> target, Optional<Usage> usage, OptionalLong firstToken) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - call.startedNanos());
        Outcome outcome = new Outcome(
                target.map(one -> one.upstream().name()).orElse(""),
                target.map(Target::model).orElse(""),
                target.map(Target::id)
                        .filter(id -> !id.equals(call.request().model()))
                        .orElse(""),
                tries.count(),
                end.status(),
                end.failure().map(ErrorKind::name).orElse(""));
        tab.close(outcome, new Times(tries.queuedMillis(), firstToken, millis), target, usage);
    }
}
