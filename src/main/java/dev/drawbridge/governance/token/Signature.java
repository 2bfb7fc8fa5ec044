package dev.drawbridge.governance.token;

import dev.drawbridge.governance.Challenge;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Whether the issuer has signed a token. Only its own keys count, by their {@code kid}: what a header says of where to
 * find one ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) is not looked at.
 */
final class Signature {
    /** Keys that are tried for a token that names none. */
    private static final int MOST = 10;

    /** What tokens for access are called; others, such as those for a logout, are no credentials. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

    private final List<String> algorithms;
    private final Keys keys;

    /** @param algorithms that count: none with a shared secret, as anybody who has a public key could use it as one */
    Signature(List<String> algorithms, Keys keys) {
        this.algorithms = algorithms;
        this.keys = keys;
    }

    void check(ReadToken token) {
        String algorithm = token.head("alg").orElse("");
        if (!algorithms.contains(algorithm)) {
            throw Challenge.invalidToken("The token's algorithm is not accepted");
        }
        if (token.header().containsKey("crit")) {
            throw Challenge.invalidToken("The token has critical extensions, which are not supported");
        }
        // What is there and null is no type either.
        String type = String.valueOf(token.header().getOrDefault("typ", "JWT"));
        if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw Challenge.invalidToken("The token is of another type than JWT or at+jwt");
        }
        List<PublicJsonWebKey> candidates = candidates(token, keys.known(), algorithm);
        if (candidates.isEmpty()) {
            candidates = candidates(token, keys.fresh(), algorithm);
        }
        if (candidates.isEmpty()) {
            throw unknownKey();
        }
        if (candidates.stream().noneMatch(key -> verifies(token, key, algorithm))) {
            throw Challenge.invalidToken("The token's signature is wrong");
        }
    }

    private GatewayException unknownKey() {
        return keys.known().isEmpty()
                ? new GatewayException(
                                ErrorKind.OVERLOADED,
                                "The keys of the identity provider are not there yet, so that no token can be checked")
                        .withRetryAfter(Duration.ofSeconds(10))
                : Challenge.invalidToken("The token is signed with a key that its issuer does not list");
    }

    private static List<PublicJsonWebKey> candidates(ReadToken token, List<PublicJsonWebKey> keys, String algorithm) {
        String kind = kind(algorithm);
        return keys.stream()
                .filter(key -> key.getKeyType().equals(kind))
                .filter(key -> key.getUse() == null || key.getUse().equals("sig"))
                .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                .filter(key -> key.getKeyId() == null
                        || token.head("kid").map(key.getKeyId()::equals).orElse(true))
                .limit(MOST)
                .toList();
    }

    private static String kind(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> "RSA";
            case "ES" -> "EC";
            default -> "OKP";
        };
    }

    private static boolean verifies(ReadToken token, PublicJsonWebKey key, String algorithm) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
            signature.setCompactSerialization(token.raw());
            signature.setKey(key.getPublicKey());
            return signature.verifySignature();
        } catch (JoseException e) {
            // A key too short or of another curve, a signature of another length.
            return false;
        }
    }
}
