package dev.drawbridge.config.overlay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.config.file.ConfigReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** {@code managed.yaml} in the data folder. A crash at any moment leaves either the old content or the new. */
public final class OverlayFile {
    private static final String HEAD = "# Changes of models by the management API; this file is the gateway's.\n";

    private final Path file;

    public OverlayFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** @throws ConfigException naming the file, when it is broken; no file is no change */
    public Overlay read() {
        return Files.exists(file) ? Overlay.read(ConfigReader.parse(file), file) : Overlay.NONE;
    }

    public void write(Overlay overlay) throws IOException {
        String text = HEAD + new ObjectMapper(new YAMLFactory()).writeValueAsString(overlay.document());
        Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "managed", ".tmp");
        try {
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
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
