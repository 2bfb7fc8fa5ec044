package dev.drawbridge.governance;

/**
 * On whose behalf a call is made: what is limited, budgeted and reported. Each is the id of an entry in the
 * organisation, or empty where the call has none.
 */
public record Account(String key, String user, String project, String team) {
    /** Nobody that is accounted for by name: the administrator's key, or a program on this machine. */
    public static final Account NONE = new Account("", "", "", "");
}
