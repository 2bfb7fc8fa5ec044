package dev.drawbridge.governance;

import dev.drawbridge.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Who may come in. Until an administrator's key is configured the gateway is open to this machine and closed to all
 * others; with the key, everybody needs it.
 */
public final class Access {
    private final Secret adminKey;

    public Access(Secret adminKey) {
        this.adminKey = adminKey;
    }

    /** The caller, if the credential is good. */
    public Optional<Caller> withCredential(String credential) {
        boolean good = !adminKey.isEmpty()
                && MessageDigest.isEqual(
                        adminKey.reveal().getBytes(StandardCharsets.UTF_8),
                        credential.getBytes(StandardCharsets.UTF_8));
        return good ? Optional.of(Caller.ADMIN) : Optional.empty();
    }

    /**
     * The caller without a good credential, if that will do.
     *
     * @param local whether the call certainly comes from a program on this machine
     */
    public Optional<Caller> withoutCredential(boolean local) {
        return local && adminKey.isEmpty() ? Optional.of(Caller.LOCAL) : Optional.empty();
    }

    /** Whether a credential exists that could be given. */
    public boolean isLocked() {
        return !adminKey.isEmpty();
    }
}
