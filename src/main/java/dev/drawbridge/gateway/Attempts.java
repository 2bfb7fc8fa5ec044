package dev.drawbridge.gateway;

import dev.drawbridge.config.RetryConfig;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds the target that answers one call: each in turn, then those again, after a pause, whose failure may pass.
 * Nothing has gone to the client yet. One for each call, not thread-safe.
 */
final class Attempts {
    private final RetryConfig retries;
    private final Tries tries;
    private final CallScope scope;
    private final List<GatewayException> failures = new ArrayList<>();
    private final List<Again> again = new ArrayList<>();
    private int round = 1;
    private long tooSmall = -1;

    private record Again(Target target, Duration after) {}

    Attempts(RetryConfig retries, Tries tries, CallScope scope) {
        this.retries = retries;
        this.tries = tries;
        this.scope = scope;
    }

    /**
     * @param insisting asks those that only their breakers have kept from being asked, when all others have failed: one of
     *     them may be well by now, and with several targets no call need fail for want of asking
     * @throws GatewayException the failure that tells the client most, when no target succeeds
     */
    <T> Answer<T> first(List<Target> targets, Pass<T> pass, Pass<T> insisting) {
        for (List<Target> hopeful = targets; !hopeful.isEmpty(); hopeful = next()) {
            Optional<Answer<T>> answer = pass.first(hopeful, this);
            List<Target> unasked = answer.isPresent() || targets.size() == 1
                    ? List.of()
                    : hopeful.stream().filter(target -> !tries.hasAsked(target)).toList();
            answer = answer.isPresent() || unasked.isEmpty() ? answer : insisting.first(unasked, this);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw mostTelling();
    }

    /** One pass over the targets: the first answer, if there is one. */
    interface Pass<T> {
        Optional<Answer<T>> first(List<Target> targets, Attempts failures);
    }

    /** Whether it is of any use to ask the target. */
    boolean mayAnswer(Target target) {
        return tooSmall < 0 || target.facts().context().orElse(0) > tooSmall;
    }

    /** @throws GatewayException the failure itself, when no other target can do better */
    void failed(Target target, GatewayException failure) {
        switch (failure.kind().retry()) {
            case NEVER -> throw failure;
            case LARGER_CONTEXT ->
                tooSmall = Math.max(tooSmall, target.facts().context().orElse(Long.MAX_VALUE));
            case NEXT_TARGET -> {}
            case SAME_TARGET -> {
                again.removeIf(one -> one.target().equals(target));
                patience(target, failure).ifPresent(wait -> again.add(new Again(target, wait)));
            }
        }
        failures.add(failure);
    }

    /** How long to wait before the target is asked again; empty if that is no use. */
    private Optional<Duration> patience(Target target, GatewayException failure) {
        Duration closed = tries.closedFor(target);
        return Optional.of(closed.isPositive() ? closed : pause(failure))
                .filter(wait -> wait.compareTo(retries.maxBackoff()) <= 0);
    }

    private Duration pause(GatewayException failure) {
        return switch (failure.hold()) {
            // Another of the credentials is free.
            case CREDENTIAL, CREDENTIAL_FOR_MODEL -> backoff();
            default -> failure.retryAfter().orElseGet(this::backoff);
        };
    }

    private Duration backoff() {
        Duration doubled = retries.backoff().multipliedBy(1L << Math.min(round - 1, 20));
        Duration most = doubled.compareTo(retries.maxBackoff()) > 0 ? retries.maxBackoff() : doubled;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos() + 1));
    }

    /** The targets of the next round, after the shortest wait that one of them needs; empty when that was it. */
    private List<Target> next() {
        List<Again> hopeful = round < retries.attempts()
                ? again.stream()
                        .filter(one -> mayAnswer(one.target()))
                        .filter(one -> tries.mayRetry(one.target()))
                        .toList()
                : List.of();
        again.clear();
        round++;
        Optional<Duration> wait = hopeful.stream().map(Again::after).min(Comparator.naturalOrder());
        if (wait.isPresent() && !scope.pause(wait.get())) {
            throw scope.hasEnded() ? scope.reason() : mostTelling();
        }
        return hopeful.stream().map(Again::target).toList();
    }

    /** The first that a client can hope to outlast, with the shortest wait of those; otherwise the first of all. */
    private GatewayException mostTelling() {
        List<GatewayException> passing = failures.stream()
                .filter(failure -> failure.kind().worthRetrying())
                .toList();
        if (passing.isEmpty()) {
            return failures.getFirst();
        }
        GatewayException first = passing.getFirst();
        return passing.stream()
                .flatMap(failure -> failure.retryAfter().stream())
                .min(Comparator.naturalOrder())
                .map(first::withRetryAfter)
                .orElse(first);
    }
}
