package dev.drawbridge.config;

import java.time.Duration;

/**
 * How often a failed call is tried before its first byte has gone to the client.
 *
 * @param attempts tries of each target; 1 is no retry. A target is tried again only after all others have failed
 * @param backoff longest wait before the second attempt on the same target; it doubles each time
 * @param maxBackoff longest wait at all; a longer {@code retry-after} of the upstream goes to the next target
 * @param hedge how long a target may take to begin before the next one is asked too; zero for never
 */
public record RetryConfig(int attempts, Duration backoff, Duration maxBackoff, Duration hedge) {}
