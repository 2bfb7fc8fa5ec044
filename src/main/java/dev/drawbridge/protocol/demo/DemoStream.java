package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An answer at the pace of somebody who reads along. Closing it, from whichever thread, ends the wait for a word. */
final class DemoStream implements ModelStream {

    /**
     * What is sent next.
     *
     * @param json a chunk, or one choice of it
     * @param paced whether it waits its turn, as a word does
     */
    record Step(ObjectNode json, boolean paced) {

        /** The choice as the only one of a chunk with this head. */
        Step in(ObjectNode head) {
            ObjectNode chunk = Json.copy(head);
            chunk.putArray("choices").add(json);
            return new Step(chunk, paced);
        }
    }

    private final Iterator<Step> steps;
    private final long pace;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Step> upcoming;
    private long last = System.nanoTime();

    DemoStream(Iterator<Step> steps, Duration pace) {
        this.steps = steps;
        this.pace = pace.toNanos();
        this.upcoming = Optional.of(steps.next());
    }

    @Override
    public Optional<ModelChunk> next() {
        if (upcoming.isEmpty()) {
            return Optional.empty();
        }
        Step step = upcoming.get();
        await(step);
        upcoming = steps.hasNext() ? Optional.of(steps.next()) : Optional.empty();
        last = System.nanoTime();
        return Optional.of(new ModelChunk(step.json()));
    }

    @Override
    public boolean ready() {
        return closed.getCount() == 0 || upcoming.isEmpty() || left(upcoming.get()) <= 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void await(Step step) {
        try {
            if (closed.await(left(step), TimeUnit.NANOSECONDS)) {
                // As with a cut connection: half an answer must not look like a whole one.
                throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the answer was closed before its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the answer was interrupted", e);
        }
    }

    private long left(Step step) {
        return step.paced() ? last + pace - System.nanoTime() : 0;
    }
}
