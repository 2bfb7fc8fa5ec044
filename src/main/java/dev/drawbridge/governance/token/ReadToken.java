package dev.drawbridge.governance.token;

import dev.drawbridge.governance.Challenge;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * A token that was read, and is not believed yet.
 *
 * @param raw as it was sent
 * @param claims of one name each, nested no deeper than sensible
 */
record ReadToken(String raw, Map<String, Object> header, Map<String, Object> claims) {
    /** In characters. */
    static final int LONGEST = 16 * 1024;

    private static final int DEEPEST = 32;

    static ReadToken of(String raw) {
        if (raw.length() > LONGEST) {
            throw Challenge.invalidToken("The token is too long: more than 16 KB");
        }
        String[] parts = raw.split("\\.", -1);
        if (parts.length != 3) {
            throw unreadable();
        }
        return new ReadToken(raw, object(parts[0]), object(parts[1]));
    }

    /** A text of the header. */
    Optional<String> head(String name) {
        return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A text of the payload. */
    Optional<String> text(String name) {
        return claims.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "token of " + text("iss").orElse("nobody");
    }

    private static Map<String, Object> object(String part) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
            if (depth(json) > DEEPEST) {
                throw Challenge.invalidToken("The token is nested too deeply");
            }
            return JsonUtil.parseJson(json);
        } catch (IllegalArgumentException | JoseException e) {
            // A name that is there twice is among this; the cause would quote the token.
            throw unreadable();
        }
    }

    private static RuntimeException unreadable() {
        return Challenge.invalidToken("The token cannot be read");
    }

    private static int depth(String json) {
        int depth = 0;
        int deepest = 0;
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inText && c == '\\') {
                i++;
            } else if (c == '"') {
                inText = !inText;
            } else if (!inText && (c == '{' || c == '[')) {
                deepest = Math.max(deepest, ++depth);
            } else if (!inText && (c == '}' || c == ']')) {
                depth--;
            }
        }
        return deepest;
    }
}
