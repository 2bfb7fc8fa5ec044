package dev.drawbridge.usage.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What calls can be told apart by. */
public enum Grouping {
    TEAM("team_id"),
    PROJECT("project_id"),
    USER("user_id"),
    KEY("key_id"),
    MODEL("model"),
    UPSTREAM("upstream"),
    /** The upstream's own name of the model. */
    TARGET("target"),
    CURRENCY("currency");

    private final String column;

    Grouping(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    /** As it stands in the API: {@code team}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Grouping> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
