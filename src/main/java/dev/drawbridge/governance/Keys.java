package dev.drawbridge.governance;

import java.util.Optional;

/** Callers who come with a key of this gateway's own. */
public interface Keys {
    /** What all of them begin with. */
    String BEGINNING = "sk-db-";

    /** Whether any key could be good. */
    boolean expected();

    /**
     * The caller that the key is of; empty where there is no such key.
     *
     * @param address from which the call comes, as digits
     * @throws dev.drawbridge.inference.GatewayException {@code UNAUTHENTICATED} when it has expired, {@code FORBIDDEN} when
     *     it is blocked, or not to be used from there, {@code NO_CAPACITY} while nobody can tell
     */
    Optional<Caller> caller(String credential, String address);
}
