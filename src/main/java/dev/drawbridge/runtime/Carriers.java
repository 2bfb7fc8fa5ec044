package dev.drawbridge.runtime;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Keeps virtual threads running. They share a few carriers, by default one for each processor, and one that waits for a
 * class to be loaded keeps its carrier. From JDK 24 on, the thread that holds the server's class loader, which only one
 * may enter at a time, may meanwhile have lost its own: when all carriers wait for it nothing ever runs again. So a
 * virtual thread is started a few times a second, and when one does not get to run there are more carriers for a while.
 * JDKs before 24 have no such setting, and no such trouble.
 */
@Singleton
public class Carriers {
    private static final System.Logger LOG = System.getLogger(Carriers.class.getName());
    private static final String PARALLELISM = "Parallelism";
    private static final Duration PERIOD = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration RELIEF = Duration.ofMinutes(1);
    /** More threads that wait for one class would be a case for a heap dump. */
    private static final int MOST = 512;

    private final MBeanServer machine = ManagementFactory.getPlatformMBeanServer();
    private final Thread watch =
            Thread.ofPlatform().daemon().name("drawbridge-carriers").unstarted(this::watch);

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (Runtime.version().feature() >= 24) {
            watch.start();
        }
    }

    private void watch() {
        try {
            int usual = parallelism();
            long until = System.nanoTime();
            while (true) {
                Thread.sleep(PERIOD);
                boolean relieved = parallelism() > usual;
                if (!runs()) {
                    more(usual);
                    until = System.nanoTime() + RELIEF.toNanos();
                } else if (relieved && System.nanoTime() - until > 0) {
                    set(usual);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JMException e) {
            LOG.log(System.Logger.Level.WARNING, "Virtual threads cannot be watched", e);
        }
    }

    /** Whether a virtual thread that is started now runs soon. */
    private static boolean runs() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Thread.ofVirtual().name("drawbridge-probe").start(ran::countDown);
        return ran.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void more(int usual) throws JMException {
        int carriers = Math.min(MOST, parallelism() + Math.max(usual, 4));
        LOG.log(
                System.Logger.Level.WARNING,
                "No virtual thread has run for {0} ms: there are {1} carriers now",
                PATIENCE.toMillis(),
                carriers);
        set(carriers);
    }

    private int parallelism() throws JMException {
        return (Integer) machine.getAttribute(scheduler(), PARALLELISM);
    }

    private void set(int carriers) throws JMException {
        machine.setAttribute(scheduler(), new Attribute(PARALLELISM, carriers));
    }

    /** By its name: its type is not there in JDK 21. */
    private static ObjectName scheduler() throws JMException {
        return new ObjectName("jdk.management:type=VirtualThreadScheduler");
    }

    @PreDestroy
    public void close() {
        watch.interrupt();
    }
}
