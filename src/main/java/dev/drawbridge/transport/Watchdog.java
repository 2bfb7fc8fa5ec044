package dev.drawbridge.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends exchanges that miss their deadlines. One thread looks at all of them {@value #PERIOD_MILLIS} ms apart, which
 * costs a call two map operations where a timer for each read would cost a queue and a lock.
 */
final class Watchdog implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    private final Set<Deadline> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("drawbridge-watchdog").unstarted(this::run);

    Watchdog() {
        thread.start();
    }

    void watch(Deadline deadline) {
        watched.add(deadline);
    }

    void release(Deadline deadline) {
        watched.remove(deadline);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                long now = System.nanoTime();
                watched.removeIf(deadline -> deadline.checked(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
