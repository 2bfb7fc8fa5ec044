package dev.drawbridge.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A key of an identity provider: made, written and used by the JDK alone, so that no library judges itself. */
public record SigningKey(String kid, String algorithm, KeyPair pair) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** @param algorithm by its name in a token's header */
    public static SigningKey of(String kid, String algorithm) {
        return of(kid, algorithm, 2048);
    }

    /** @param bits of an RSA key */
    public static SigningKey of(String kid, String algorithm, int bits) {
        try {
            return new SigningKey(kid, algorithm, generator(algorithm, bits).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairGenerator generator(String algorithm, int bits) throws GeneralSecurityException {
        if (algorithm.equals("EdDSA")) {
            return KeyPairGenerator.getInstance("Ed25519");
        }
        boolean rsa = !algorithm.startsWith("ES");
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
        if (rsa) {
            generator.initialize(bits);
        } else {
            String size = algorithm.substring(2);
            generator.initialize(
                    new ECGenParameterSpec("secp" + size.replace("512", "521").concat("r1")));
        }
        return generator;
    }

    /** The same key under another name, or for another algorithm of its kind. */
    public SigningKey as(String otherKid, String otherAlgorithm) {
        return new SigningKey(otherKid, otherAlgorithm, pair);
    }

    /** A token with the usual header. */
    public String token(ObjectNode claims) {
        return token(Json.object().put("alg", algorithm).put("typ", "JWT").put("kid", kid), claims);
    }

    public String token(ObjectNode header, ObjectNode claims) {
        return token(text(header), text(claims));
    }

    /** A token of these texts, whether they are JSON or not. */
    public String token(String header, String claims) {
        String signed =
                encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    public static String encode(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    private static String text(ObjectNode document) {
        return new String(JsonCodec.write(document), StandardCharsets.UTF_8);
    }

    private byte[] sign(byte[] content) {
        try {
            Signature signature = signature(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case "PS" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                String hash = "SHA-" + bits;
                pss.setParameter(
                        new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
                yield pss;
            }
            default -> Signature.getInstance("Ed25519");
        };
    }

    /** The public half, as providers publish it. */
    public ObjectNode jwk() {
        ObjectNode jwk = Json.object().put("kid", kid).put("use", "sig").put("alg", algorithm);
        PublicKey key = pair.getPublic();
        return switch (key) {
            case RSAPublicKey rsa ->
                jwk.put("kty", "RSA")
                        .put("n", number(rsa.getModulus(), 0))
                        .put("e", number(rsa.getPublicExponent(), 0));
            case ECPublicKey ec -> {
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                int length = (bits + 7) / 8;
                yield jwk.put("kty", "EC")
                        .put("crv", "P-" + bits)
                        .put("x", number(ec.getW().getAffineX(), length))
                        .put("y", number(ec.getW().getAffineY(), length));
            }
            default -> {
                byte[] encoded = key.getEncoded();
                yield jwk.put("kty", "OKP")
                        .put("crv", "Ed25519")
                        .put("x", encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
            }
        };
    }

    /** @param length in bytes; 0: as many as it takes */
    private static String number(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int wanted = length == 0 ? (number.bitLength() + 7) / 8 : length;
        byte[] result = new byte[wanted];
        int from = Math.max(0, bytes.length - wanted);
        System.arraycopy(bytes, from, result, wanted - (bytes.length - from), bytes.length - from);
        return encode(result);
    }

    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
