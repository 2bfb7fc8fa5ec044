package dev.drawbridge.admin.upstream;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks several at the same time, and waits for all of them no longer than for one. */
@Singleton
public class Together {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** The answers in the order of who was asked; empty from those who did not answer in time. */
    public <T, R> List<Optional<R>> ask(Collection<T> all, Function<T, R> question, Duration patience) {
        List<Optional<R>> answers = new ArrayList<>();
        try {
            List<Future<R>> asked = threads.invokeAll(
                    all.stream()
                            .map(one -> (java.util.concurrent.Callable<R>) () -> question.apply(one))
                            .toList(),
                    patience.toMillis(),
                    TimeUnit.MILLISECONDS);
            for (Future<R> answer : asked) {
                answers.add(answer(answer));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answers;
    }

    private static <R> Optional<R> answer(Future<R> answer) throws InterruptedException {
        try {
            return Optional.of(answer.get());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }
}
