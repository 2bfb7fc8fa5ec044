package dev.drawbridge.governance;

import dev.drawbridge.inference.GatewayException;

/** Callers for whom somebody else vouches: an identity provider, by a token. */
public interface Tokens {
    /** Whether any token could be good. */
    boolean expected();

    /**
     * The caller that the token is of.
     *
     * @throws GatewayException {@code UNAUTHENTICATED} where it is not good, {@code OVERLOADED} where nobody can tell yet
     */
    Caller caller(String token);
}
