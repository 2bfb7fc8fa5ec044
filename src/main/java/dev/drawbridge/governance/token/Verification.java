package dev.drawbridge.governance.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Challenge;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Verifies tokens by one configuration, and remembers those that were good for a while. */
final class Verification {
    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<String, TrustedIssuer> issuers;
    private final Clock clock;
    private final Cache<Fingerprint, Verified> verified = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LONGEST)
            // No thread of others: they would outlive the application.
            .executor(Runnable::run)
            .build();

    /** SHA-256 of a token. */
    private record Fingerprint(long a, long b, long c, long d) {
        static Fingerprint of(String token) {
            try {
                ByteBuffer hash = ByteBuffer.wrap(
                        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1)));
                return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }
    }

    /** @param until when it expires or is too old, in milliseconds; what the clocks may differ by is not for what is remembered */
    private record Verified(Caller caller, long until) {}

    /** @param issuers by the {@code iss} of their tokens */
    Verification(Map<String, TrustedIssuer> issuers, Clock clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    boolean isEmpty() {
        return issuers.isEmpty();
    }

    Caller caller(String token) {
        if (token.length() > ReadToken.LONGEST) {
            throw Challenge.invalidToken("The token is too long: more than 16 KB");
        }
        Fingerprint fingerprint = Fingerprint.of(token);
        Verified known = verified.getIfPresent(fingerprint);
        if (known != null && clock.millis() < known.until()) {
            return known.caller();
        }
        ReadToken read = ReadToken.of(token);
        TrustedIssuer issuer = Optional.ofNullable(issuers.get(read.text("iss").orElse("")))
                .orElseThrow(() -> Challenge.invalidToken("The token is of an issuer that is not known here"));
        Caller caller = issuer.caller(read, clock.instant());
        long until = Instant.ofEpochSecond(issuer.rules().end(read.claims())).toEpochMilli();
        verified.put(fingerprint, new Verified(caller, until));
        return caller;
    }
}
