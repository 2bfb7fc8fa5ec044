package dev.drawbridge.config.file;

import java.util.Optional;

/** Values from outside the file by name: environment, system properties, secret files, password aliases. */
@FunctionalInterface
public interface Variables {
    /** The value; empty where it is unset or blank. */
    Optional<String> get(String name);
}
