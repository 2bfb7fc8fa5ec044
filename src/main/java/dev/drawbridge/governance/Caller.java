package dev.drawbridge.governance;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls. Nobody has to be entered anywhere first: who comes with a good token is known from then on.
 *
 * @param id stays the same for one caller, and is no other's; no secret
 * @param name for people and logs; no secret, and not always unique
 * @param principal who it is in the words of who vouches for it: of a token, where the server has MicroProfile JWT, a
 *     {@code org.eclipse.microprofile.jwt.JsonWebToken}
 * @param account for whom the call is made
 */
public record Caller(
        String id,
        String name,
        Kind kind,
        Set<Role> roles,
        Set<String> teams,
        Optional<Principal> principal,
        Account account) {
    public static final Caller ADMIN =
            new Caller("admin", "admin", Kind.ADMIN_KEY, Set.of(Role.ADMIN), Set.of(), Optional.empty(), Account.NONE);

    /** Somebody on this machine, before anything is configured. */
    public static final Caller LOCAL = new Caller("local");

    /** How a caller is known. */
    public enum Kind {
        LOCAL,
        ADMIN_KEY,
        API_KEY,
        TOKEN
    }

    /** Somebody on this machine who needs no credential. */
    public Caller(String name) {
        this(name, name, Kind.LOCAL, Set.of(Role.ADMIN), Set.of(), Optional.empty(), Account.NONE);
    }

    /** The same, on behalf of somebody. */
    public Caller with(Account behalf) {
        return new Caller(id, name, kind, roles, teams, principal, behalf);
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.may(permission));
    }
}
