package dev.drawbridge.governance;

import dev.drawbridge.config.Secret;
import dev.drawbridge.inference.GatewayException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Who may come in. Until there is an administrator's key, an API key or an issuer of tokens, the gateway is
 * open to this machine and closed to all others; from then on everybody needs a credential.
 */
@Singleton
public class Access {
    /** Header, payload and signature of a JWT; the first begins with an encoded brace. */
    private static final Pattern TOKEN = Pattern.compile("e[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]*+");

    private final Secret adminKey;
    private final Keys keys;
    private final Tokens tokens;

    @Inject
    Access(Config config, Keys keys, Tokens tokens) {
        this(
                new Secret(config.getOptionalValue("drawbridge.admin.key", String.class)
                        .orElse("")),
                keys,
                tokens);
    }

    public Access(Secret adminKey, Keys keys, Tokens tokens) {
        this.adminKey = adminKey;
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * The caller with a credential that cannot be guessed: an API key or a token.
     *
     * @param address that the call comes from
     * @return empty where it is neither
     * @throws GatewayException when it is one that is not good, or not any more, or not from there
     */
    public Optional<Caller> withKeyOrToken(String credential, String address) {
        if (credential.startsWith(Keys.BEGINNING)) {
            return keys.caller(credential, address);
        }
        return tokens.expected() && TOKEN.matcher(credential).matches() && !isAdminKey(credential)
                ? Optional.of(tokens.caller(credential))
                : Optional.empty();
    }

    /** The caller, if the credential is the administrator's key. */
    public Optional<Caller> withAdminKey(String credential) {
        return isAdminKey(credential) ? Optional.of(Caller.ADMIN) : Optional.empty();
    }

    /** In a time that tells nothing of the key. */
    private boolean isAdminKey(String credential) {
        return !adminKey.isEmpty()
                && MessageDigest.isEqual(
                        adminKey.reveal().getBytes(StandardCharsets.UTF_8),
                        credential.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The caller without a good credential, if that will do.
     *
     * @param local whether the call certainly comes from a program on this machine
     */
    public Optional<Caller> withoutCredential(BooleanSupplier local) {
        return !isLocked() && local.getAsBoolean() ? Optional.of(Caller.LOCAL) : Optional.empty();
    }

    /** Whether a credential exists that could be given. */
    public boolean isLocked() {
        return !adminKey.isEmpty() || tokens.expected() || keys.expected();
    }
}
