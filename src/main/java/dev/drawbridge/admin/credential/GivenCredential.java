package dev.drawbridge.admin.credential;

import dev.drawbridge.config.Secret;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is sent to be stored. */
record GivenCredential(
        @Schema(description = "The upstream's API key. It is never shown again.")
        Optional<String> apiKey,

        @Schema(description = "Several, which take turns.") List<String> apiKeys) {
    private static final int MOST = 64;
    /** What a header can carry; anything else would be a mistake of copying. */
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    @Override
    public String toString() {
        return "***";
    }

    /** @throws GatewayException {@code INVALID_REQUEST}, which says nothing of the value */
    List<Secret> secrets() {
        for (int i = 0; i < apiKeys.size(); i++) {
            check(apiKeys.get(i), "api-keys[" + i + "]");
        }
        apiKey.ifPresent(key -> check(key, "api-key"));
        List<Secret> secrets = Stream.concat(apiKey.stream(), apiKeys.stream())
                .map(Secret::new)
                .distinct()
                .toList();
        if (secrets.isEmpty()) {
            throw wrong("api-key", "is missing");
        }
        if (secrets.size() > MOST) {
            throw wrong("api-keys", "must be at most " + MOST);
        }
        return secrets;
    }

    private static void check(String key, String field) {
        if (!FORM.matcher(key).matches()) {
            throw wrong(field, "must be 1 to 4096 letters, digits and signs of ASCII, without blanks");
        }
    }

    private static GatewayException wrong(String field, String what) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, field + " " + what).at(field);
    }
}
