package dev.drawbridge.governance;

/**
 * Who calls.
 *
 * @param name for logs; no secret
 */
public record Caller(String name) {
    public static final Caller ADMIN = new Caller("admin");

    /** Somebody on this machine, before anything is configured. */
    public static final Caller LOCAL = new Caller("local");
}
