package dev.drawbridge.governance.token;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Public keys in the forms that people have them in: JWKS, JWK, each also in Base64, and PEM. */
final class KeyText {
    /** More keys than any provider has at the same time. */
    private static final int MOST = 100;

    private KeyText() {}

    /** The public keys in it, those of kinds that nobody knows left out. @throws IllegalArgumentException if there are none */
    static List<PublicJsonWebKey> read(String text) {
        try {
            List<PublicJsonWebKey> keys = keys(text.strip());
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("there is no public key in it");
            }
            return keys;
        } catch (JoseException | GeneralSecurityException | ClassCastException e) {
            throw new IllegalArgumentException("it is neither JWKS, JWK nor PEM", e);
        }
    }

    private static List<PublicJsonWebKey> keys(String text) throws JoseException, GeneralSecurityException {
        if (text.startsWith("-----BEGIN")) {
            return List.of(PublicJsonWebKey.Factory.newPublicJwk(pem(text)));
        }
        if (!text.startsWith("{")) {
            byte[] decoded =
                    Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/'));
            String inner = new String(decoded, StandardCharsets.UTF_8).strip();
            return inner.startsWith("{")
                    ? keys(inner)
                    : List.of(PublicJsonWebKey.Factory.newPublicJwk(publicKey(decoded)));
        }
        if (JsonUtil.parseJson(text).containsKey("keys")) {
            return new JsonWebKeySet(text)
                    .getJsonWebKeys().stream()
                            // A shared secret has no business there.
                            .filter(PublicJsonWebKey.class::isInstance)
                            .map(PublicJsonWebKey.class::cast)
                            .limit(MOST)
                            .toList();
        }
        return List.of(PublicJsonWebKey.Factory.newPublicJwk(text));
    }

    private static PublicKey pem(String text) throws GeneralSecurityException {
        if (text.startsWith("-----BEGIN CERTIFICATE")) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                    .getPublicKey();
        }
        return publicKey(Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "")));
    }

    /** The encoding says which kind it is of, but the JDK wants to be told. */
    private static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException();
        for (String kind : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }
}
