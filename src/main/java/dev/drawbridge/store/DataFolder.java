package dev.drawbridge.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.microprofile.config.Config;

/** Where this node keeps what is its own: {@code drawbridge.data}. */
@Singleton
public class DataFolder {
    private final Path path;

    @Inject
    DataFolder(Config config) {
        this(Path.of(config.getOptionalValue("drawbridge.data", String.class).orElse("data")));
    }

    public DataFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** A file or folder in it; the folder that holds it is there. */
    public Path resolve(String name) {
        Path resolved = path.resolve(name);
        Path parent = resolved.getParent();
        try {
            Files.createDirectories(parent == null ? path : parent, confidential("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder cannot be used: " + path, e);
        }
        return resolved;
    }

    /** For files that only the gateway's own account may read, where the file system knows of that. */
    static FileAttribute<?>[] confidential() {
        return confidential("rw-------");
    }

    private static FileAttribute<?>[] confidential(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
