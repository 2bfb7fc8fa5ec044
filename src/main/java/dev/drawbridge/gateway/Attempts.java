package dev.drawbridge.gateway;

import dev.drawbridge.adaptation.Adaptation;
import dev.drawbridge.adaptation.Context;
import dev.drawbridge.config.RetryConfig;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries the targets of one call until one succeeds: each in turn, then those again, after a pause, whose failure may
 * pass. Nothing has gone to the client yet. One for each call.
 */
final class Attempts {
    private static final System.Logger LOG = System.getLogger(Attempts.class.getName());

    private final RetryConfig retries;
    private final Slots slots;
    private final List<GatewayException> failures = new ArrayList<>();
    private int tried;
    private String lastUpstream = "";

    /** Asks one target; whoever gets the slot gives it back. */
    interface Ask<T> {
        T ask(Target target, ModelRequest adapted, Slots.Slot slot);
    }

    Attempts(RetryConfig retries, Slots slots) {
        this.retries = retries;
        this.slots = slots;
    }

    int tried() {
        return tried;
    }

    /** Who was asked last; empty when nobody was. */
    String lastUpstream() {
        return lastUpstream;
    }

    /** @throws GatewayException the first failure, when no target succeeds */
    <T> Answer<T> first(List<Target> targets, ModelRequest request, Ask<T> ask) {
        List<Target> hopeful = targets;
        for (int round = 1; round <= retries.attempts() && !hopeful.isEmpty(); round++) {
            List<Target> again = new ArrayList<>();
            Duration wait = Duration.ZERO;
            for (Target target : hopeful) {
                Optional<Answer<T>> answer = attempt(target, request, ask);
                if (answer.isPresent()) {
                    return answer.get();
                }
                Optional<Duration> patience = patience(failures.getLast(), round);
                if (patience.isPresent()) {
                    again.add(target);
                    wait = wait.compareTo(patience.get()) < 0 ? patience.get() : wait;
                }
            }
            hopeful = round < retries.attempts() && !again.isEmpty() && paused(wait) ? again : List.of();
        }
        throw failures.getFirst();
    }

    /** How long to wait before the target is asked again; empty if that is no use. */
    private Optional<Duration> patience(GatewayException failure, int round) {
        if (failure.kind().retry() != ErrorKind.Retry.SAME_TARGET) {
            return Optional.empty();
        }
        Duration doubled = retries.backoff().multipliedBy(1L << (round - 1));
        Duration most = doubled.compareTo(retries.maxBackoff()) > 0 ? retries.maxBackoff() : doubled;
        return Optional.of(failure.retryAfter()
                        .orElseGet(() ->
                                Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos() + 1))))
                .filter(wait -> wait.compareTo(retries.maxBackoff()) <= 0);
    }

    private <T> Optional<Answer<T>> attempt(Target target, ModelRequest request, Ask<T> ask) {
        Optional<Slots.Slot> slot = slots.take(target.upstream());
        tried++;
        lastUpstream = target.upstream().name();
        try {
            Slots.Slot taken = slot.orElseThrow(() -> new GatewayException(
                            ErrorKind.OVERLOADED, "all places at upstream " + target.upstream() + " are taken")
                    .withRetryAfter(Duration.ofSeconds(1)));
            Context context = new Context(target.facts());
            ModelRequest adapted = request.forModel(target.model());
            for (Adaptation rule : target.adaptations()) {
                adapted = rule.request(adapted, context);
            }
            return Optional.of(new Answer<>(ask.ask(target, adapted, taken), target, tried, context.report()));
        } catch (GatewayException e) {
            slot.ifPresent(Slots.Slot::close);
            // Not the vendor's words: they may quote the prompt, or our credential.
            LOG.log(e.kind().level(), () -> "upstream " + target + " failed: " + e.kind());
            if (e.kind().retry() == ErrorKind.Retry.NEVER) {
                throw e;
            }
            failures.add(e);
            return Optional.empty();
        } catch (RuntimeException e) {
            slot.ifPresent(Slots.Slot::close);
            throw e;
        }
    }

    private static boolean paused(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
