package dev.drawbridge.governance.token;

import java.security.Principal;

/** A caller in the words of the standard, where the server has it. */
final class Principals {
    private static final boolean STANDARD = isThere("org.eclipse.microprofile.jwt.JsonWebToken");

    private record Named(String getName) implements Principal {}

    private Principals() {}

    static Principal of(String name, ReadToken token) {
        return STANDARD ? new JwtPrincipal(name, token) : new Named(name);
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, Principals.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
