package dev.drawbridge.config;

import java.time.Duration;

/**
 * How an upstream is treated that fails, or is full.
 *
 * @param slowStart how long a target takes from its recovery to its full share of the calls
 * @param retryBudget the share of the calls sent to the upstream that may be retries, from 0 to 1
 */
public record ResilienceConfig(Breaker breaker, Queue queue, Probe probe, Duration slowStart, double retryBudget) {

    /**
     * When a target is left alone.
     *
     * @param window last calls that count
     * @param failureRate the share of them that may not fail, from 0 to 1
     * @param minimumCalls fewer of them say nothing
     * @param open how long it is left alone at first; each time in a row twice as long
     * @param maxOpen longest time
     */
    public record Breaker(int window, double failureRate, int minimumCalls, Duration open, Duration maxOpen) {}

    /**
     * Where calls wait when {@code max-in-flight} is reached.
     *
     * @param size calls that may wait
     * @param patience longest time that each waits
     */
    public record Queue(int size, Duration patience) {}

    /**
     * Questions of the gateway's own, to see whether the upstream is there.
     *
     * @param every time between two; zero for none
     * @param timeout longest time for an answer
     */
    public record Probe(Duration every, Duration timeout) {}
}
