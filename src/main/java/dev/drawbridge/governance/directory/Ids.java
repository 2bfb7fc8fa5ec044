package dev.drawbridge.governance.directory;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of entries: they stand in addresses, so that they are plain: letters, digits and {@code ._@+-}. */
public final class Ids {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}");
    private static final Pattern USER = Pattern.compile("u-[0-9a-f]{24}");
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9]+");
    private static final int LONGEST_SLUG = 60;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** The id of a team or project of this name: the name itself where it is plain. The same for the same name. */
    public static String of(String name) {
        if (PLAIN.matcher(name).matches()) {
            return name;
        }
        String slug = OTHERS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
        String start = slug.replaceAll("^-+|-+$", "");
        String cut = start.length() > LONGEST_SLUG ? start.substring(0, LONGEST_SLUG) : start;
        // With a part of its hash, so that two names never share an id.
        return (cut.isEmpty() ? "" : cut + "-") + hash(name).substring(0, 12);
    }

    /**
     * The id of the user whom an identity provider calls so.
     *
     * @param subject issuer, {@code #}, subject
     */
    public static String user(String subject) {
        return "u-" + hash(subject).substring(0, 24);
    }

    /** Whether it is, or may become, the id of a user whom an identity provider knows. */
    public static boolean isUser(String id) {
        return USER.matcher(id).matches();
    }

    /** A new one. */
    public static String random() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** @throws GatewayException {@code INVALID_REQUEST} when it is none */
    public static String checked(String id) {
        if (!PLAIN.matcher(id).matches()) {
            throw new GatewayException(
                            ErrorKind.INVALID_REQUEST,
                            "An id has 1 to 100 letters, digits and characters of ._@+- and begins with a letter or digit")
                    .at("id");
        }
        return id;
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
