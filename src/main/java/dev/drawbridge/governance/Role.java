package dev.drawbridge.governance;

import java.util.Locale;

/** What a caller is, and so may do. */
public enum Role {
    ADMIN,
    /** Sees all, changes nothing, and spends nothing. */
    AUDITOR,
    /** A user who looks after the own team. */
    TEAM_LEAD,
    USER;

    public boolean may(Permission permission) {
        return switch (this) {
            case ADMIN -> true;
            case AUDITOR ->
                permission == Permission.LIST || permission == Permission.OVERSEE || permission == Permission.SEE_TEAMS;
            case TEAM_LEAD ->
                permission == Permission.LIST
                        || permission == Permission.ASK
                        || permission == Permission.SEE_TEAMS
                        || permission == Permission.LEAD_TEAMS;
            case USER -> permission == Permission.LIST || permission == Permission.ASK;
        };
    }

    /** The role of this {@link #word}. */
    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** As people write it: {@code team-lead}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
