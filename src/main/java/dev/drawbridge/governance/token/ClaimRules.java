package dev.drawbridge.governance.token;

import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.governance.Challenge;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** When a token counts, and for whom. */
record ClaimRules(IssuerConfig issuer) {
    /** Where OpenID Connect, RFC 9068, Entra ID's first version and Okta say which client has the token. */
    private static final List<String> CLIENTS = List.of("azp", "client_id", "appid", "cid");

    void check(Map<String, Object> claims, Instant now) {
        times(claims, now.getEpochSecond());
        if (!issuer.audiences().isEmpty() && audiences(claims).noneMatch(issuer.audiences()::contains)) {
            throw Challenge.invalidToken("The token is not for this gateway: its audience (aud) is another");
        }
        if (!issuer.azp().isEmpty()
                && client(claims).filter(issuer.azp()::contains).isEmpty()) {
            throw Challenge.invalidToken("The token was given to a client (azp) that may not call this gateway");
        }
    }

    /** When it expires, in seconds. */
    private static long expiry(Map<String, Object> claims) {
        return seconds(claims, "exp").orElseThrow(() -> Challenge.invalidToken("The token does not expire (exp)"));
    }

    /** Until when it is good, in seconds, but for what the clocks may differ by. */
    long end(Map<String, Object> claims) {
        long expiry = expiry(claims);
        return issuer.maxAge()
                .map(age -> Math.min(expiry, seconds(claims, "iat").orElse(0) + age.toSeconds()))
                .orElse(expiry);
    }

    private void times(Map<String, Object> claims, long now) {
        long skew = issuer.clockSkew().toSeconds();
        if (now >= Math.addExact(expiry(claims), skew)) {
            throw Challenge.invalidToken("The token has expired");
        }
        if (seconds(claims, "nbf").orElse(0) > now + skew) {
            throw Challenge.invalidToken("The token is not valid yet (nbf)");
        }
        OptionalLong issued = seconds(claims, "iat");
        if (issued.orElse(0) > now + skew) {
            throw Challenge.invalidToken("The token was issued in the future (iat)");
        }
        issuer.maxAge().ifPresent(age -> {
            if (issued.isEmpty() || now - skew > issued.getAsLong() + age.toSeconds()) {
                throw Challenge.invalidToken("The token was issued too long ago (iat)");
            }
        });
    }

    /** Seconds since 1970, of which there are at most as many as a clock will ever show. */
    private static OptionalLong seconds(Map<String, Object> claims, String name) {
        Object value = claims.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() < 1e15) {
            return OptionalLong.of(number.longValue());
        }
        throw Challenge.invalidToken("The token has a time (" + name + ") that is none");
    }

    private static Stream<String> audiences(Map<String, Object> claims) {
        return ClaimPath.texts(claims.get("aud")).stream();
    }

    private static Optional<String> client(Map<String, Object> claims) {
        return CLIENTS.stream()
                .map(claims::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(Object::toString);
    }
}
