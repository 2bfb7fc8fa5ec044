package dev.drawbridge.governance;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.drawbridge.config.AddressRange;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Credentials that nobody knows, counted by the address that they come from, of IPv6 by its network: who tries too many
 * has to wait a minute. A key cannot be guessed in any time; this keeps guesses at weaker secrets, and noise, at bay.
 * Thread-safe.
 */
@Singleton
public class FailedAttempts {
    public static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST = 100;

    /** In bits: who has one address of IPv6 has as many as this leaves, and could take another for each guess. */
    private static final int NETWORK = 64;

    private static final long MOST_ADDRESSES = 100_000;

    private final Cache<String, AtomicInteger> failures;

    @Inject
    public FailedAttempts() {
        this(Ticker.systemTicker());
    }

    FailedAttempts(Ticker ticker) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterWrite(PAUSE)
                .ticker(ticker)
                .build();
    }

    /** Whether the address has to wait. */
    public boolean tooMany(String address) {
        // Asked for each call of the administrator; mostly nobody guesses, and reading an address takes longer than to
        // see that.
        if (failures.estimatedSize() == 0) {
            return false;
        }
        AtomicInteger count = failures.getIfPresent(AddressRange.network(address, NETWORK));
        return count != null && count.get() >= MOST;
    }

    /** Counts one, and says whether there were too many before it. The time runs from the first. */
    public boolean add(String address) {
        return failures.get(AddressRange.network(address, NETWORK), fresh -> new AtomicInteger())
                        .incrementAndGet()
                > MOST;
    }
}
