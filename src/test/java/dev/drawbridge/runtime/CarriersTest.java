package dev.drawbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CarriersTest {
    private static final CountDownLatch READY = new CountDownLatch(1);
    private static final CountDownLatch GO = new CountDownLatch(1);

    /** Its initialization takes until the latch opens; whoever needs it meanwhile keeps its carrier. */
    private static final class Slow {
        static final Object VALUE = made();

        private static Object made() {
            READY.countDown();
            try {
                return GO.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void when_all_carriers_wait_for_a_class_there_are_more() throws InterruptedException {
        assumeThat(Runtime.version().feature()).as("JDK").isGreaterThanOrEqualTo(24);
        Carriers carriers = new Carriers();
        carriers.start("started");
        List<Thread> waiting = new ArrayList<>();
        waiting.add(Thread.ofPlatform().start(CarriersTest::useSlow));
        assertThat(READY.await(5, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            waiting.add(Thread.ofVirtual().start(CarriersTest::useSlow));
        }

        // It cannot run before there is a carrier for it, and nobody else lets the others go.
        waiting.add(Thread.ofVirtual().start(GO::countDown));

        for (Thread thread : waiting) {
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        }
        carriers.close();
    }

    private static void useSlow() {
        assertThat(Slow.VALUE).isEqualTo(true);
    }
}
