package dev.drawbridge.gateway;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Lease.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the next target too when those before are slow to begin (hedging). The first good answer wins, and ends all other
 * tries. Not thread-safe.
 */
final class Race<T> implements Attempts.Pass<T> {
    /** Each of them may cost. */
    private static final int MOST = 2;

    private final Tries tries;
    private final Tries.Ask<T> ask;
    private final CallScope client;
    private final Terms<T> terms;

    /**
     * @param after how long a target may take to begin
     * @param discard what is done with an answer that comes too late
     */
    record Terms<T>(Duration after, Consumer<T> discard) {}

    Race(Tries tries, Tries.Ask<T> ask, CallScope client, Terms<T> terms) {
        this.tries = tries;
        this.ask = ask;
        this.client = client;
        this.terms = terms;
    }

    @Override
    public Optional<Answer<T>> first(List<Target> targets, Attempts failures) {
        try (Course course = new Course()) {
            Iterator<Target> waiting =
                    targets.stream().filter(failures::mayAnswer).iterator();
            int running = 0;
            while (running > 0 || waiting.hasNext()) {
                if (running == 0) {
                    course.start(waiting.next(), waiting.hasNext() ? Manner.PASSING : Manner.WAITING);
                    running++;
                }
                Finish<T> finish = course.next(running < MOST && waiting.hasNext() ? terms.after() : null);
                if (finish == null) {
                    course.start(waiting.next(), waiting.hasNext() ? Manner.PASSING : Manner.WAITING);
                    running++;
                } else if (finish.answer() != null) {
                    course.won(finish);
                    return Optional.of(finish.answer());
                } else {
                    running--;
                    failures.failed(finish.target(), finish.failure());
                }
            }
            return Optional.empty();
        }
    }

    /** How one try ended: with an answer or a failure. */
    private record Finish<T>(
            Target target,
            CallScope scope,
            @Nullable Answer<T> answer,
            @Nullable Throwable thrown) {

        /** Throws what is no failure of a target. */
        GatewayException failure() {
            return switch (thrown) {
                case GatewayException failure -> failure;
                case RuntimeException mistake -> throw mistake;
                case Error mistake -> throw mistake;
                case null, default -> throw new IllegalStateException("the try did not fail", thrown);
            };
        }
    }

    /** The tries under way. When it is closed all of them end but the winner. */
    private final class Course implements AutoCloseable {
        private final BlockingQueue<Finish<T>> finished = new LinkedBlockingQueue<>();
        private final List<CallScope> scopes = new ArrayList<>();
        private boolean over;

        void start(Target target, Manner manner) {
            CallScope scope = Leaving.own(client, target);
            scopes.add(scope);
            Thread.ofVirtual().name("drawbridge-hedge").start(() -> arrive(run(target, scope, manner)));
        }

        private Finish<T> run(Target target, CallScope scope, Manner manner) {
            try {
                return new Finish<>(target, scope, tries.ask(target, scope, manner, ask), null);
            } catch (RuntimeException | Error e) {
                // Somebody waits for it to end, however.
                return new Finish<>(target, scope, null, e);
            }
        }

        private synchronized void arrive(Finish<T> finish) {
            if (!over) {
                finished.add(finish);
            } else if (finish.answer() != null) {
                terms.discard().accept(finish.answer().content());
            }
        }

        /** @return null when nothing has come in time; without a limit it waits as long as it takes */
        @Nullable
        Finish<T> next(@Nullable Duration limit) {
            try {
                return limit == null ? finished.take() : finished.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CallScope.gone();
            }
        }

        void won(Finish<T> winner) {
            scopes.remove(winner.scope());
        }

        @Override
        public void close() {
            List<Finish<T>> late = new ArrayList<>();
            synchronized (this) {
                over = true;
                finished.drainTo(late);
            }
            scopes.forEach(CallScope::end);
            for (Finish<T> finish : late) {
                if (finish.answer() != null) {
                    terms.discard().accept(finish.answer().content());
                }
            }
        }
    }
}
