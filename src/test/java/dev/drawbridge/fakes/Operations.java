package dev.drawbridge.fakes;

import dev.drawbridge.governance.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The operations of the gateway, as {@code operations.txt} has them. */
public final class Operations {
    private static final Path FILE = Path.of("src/test/resources/operations.txt");

    /**
     * @param path as a template: {@code /v1/models/{id: .+}}
     * @param permission that its callers need; empty: anybody may call
     */
    public record Operation(String method, String path, Optional<Permission> permission) {
        @Override
        public String toString() {
            return method + " " + path + " " + permission.map(Permission::name).orElse("OPEN");
        }
    }

    private Operations() {}

    public static List<Operation> all() {
        try {
            return Files.readAllLines(FILE).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(Operations::operation)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operation operation(String line) {
        int method = line.indexOf(' ');
        int permission = line.lastIndexOf(' ');
        String word = line.substring(permission + 1);
        return new Operation(
                line.substring(0, method),
                line.substring(method, permission).strip(),
                word.equals("OPEN") ? Optional.empty() : Optional.of(Permission.valueOf(word)));
    }
}
