package dev.drawbridge.governance;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;

/** What a 401 says in {@code www-authenticate}, as RFC 6750 has it. */
public final class Challenge {
    private static final String INVALID = "invalid_token";

    private Challenge() {}

    /** @param why for the client; nothing of the token belongs in it */
    public static GatewayException invalidToken(String why) {
        return new GatewayException(ErrorKind.UNAUTHENTICATED, why).withCode(INVALID);
    }

    /** Whether it is about a token. */
    public static boolean isOfToken(GatewayException failure) {
        return failure.code().filter(INVALID::equals).isPresent();
    }

    /** The header's value. */
    public static String of(GatewayException failure) {
        return !isOfToken(failure)
                ? "Bearer"
                : "Bearer error=\"" + INVALID + "\", error_description=\"" + quotable(failure.message()) + "\"";
    }

    private static String quotable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "'");
    }
}
