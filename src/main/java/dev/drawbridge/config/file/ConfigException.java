package dev.drawbridge.config.file;

import java.util.List;

/** A configuration that cannot be used. The message names every problem. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    public ConfigException(String origin, List<String> problems) {
        super(
                problems.size() == 1
                        ? origin + ": " + problems.getFirst()
                        : origin + " has " + problems.size() + " problems:\n  " + String.join("\n  ", problems),
                null,
                false,
                false);
        this.what = String.join("; ", problems);
    }

    /** The problems in one line, without the name of the file. */
    public String problems() {
        return what;
    }
}
