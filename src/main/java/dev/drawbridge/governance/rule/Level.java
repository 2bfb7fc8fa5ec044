package dev.drawbridge.governance.rule;

import java.util.Locale;

/** Where a rule is laid down; those of every level apply to a call. */
public enum Level {
    /** All calls of this gateway. */
    ALL,
    TEAM,
    PROJECT,
    USER,
    KEY;

    /** As it stands in addresses and answers: {@code team}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
