package dev.drawbridge.governance.budget;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;

/**
 * {@code budgets.json} in the data folder: what was known of budgets a moment ago. It is not forced to the disk, as the
 * ledger has the truth; it serves a start while the database is away.
 */
public final class KeptFile {
    private static final System.Logger LOG = System.getLogger(KeptFile.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public KeptFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** Nothing where there is no file, or none that can be read. */
    public Map<String, Kept> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return JSON.readValue(file.toFile(), new TypeReference<Map<String, Kept>>() {});
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", file, e.toString());
            return Map.of();
        }
    }

    public void write(Map<String, Kept> kept) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "budgets", ".tmp");
        try {
            JSON.writeValue(fresh.toFile(), kept);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
