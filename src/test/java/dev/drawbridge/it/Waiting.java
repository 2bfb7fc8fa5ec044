package dev.drawbridge.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** For what happens a moment later. */
final class Waiting {
    private Waiting() {}

    /** Whether it came true within the time. */
    static boolean until(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}
