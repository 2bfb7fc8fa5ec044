package dev.drawbridge.fakes;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.UpstreamCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A configuration in a file of its own, watched as in operation. */
public final class LiveFile implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 4000;

    private final Path file;
    private final LiveConfig config;

    public LiveFile(String yaml) {
        try {
            file = Files.writeString(Files.createTempFile("drawbridge", ".yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        config = new LiveConfig(
                name -> name.equals("drawbridge.config") ? Optional.of(file.toString()) : Optional.empty(),
                List.of(new UpstreamCheck()),
                variables -> Json.object());
    }

    public LiveConfig config() {
        return config;
    }

    /** Changes the file and waits until the change is in force. */
    public void change(String yaml) throws IOException, InterruptedException {
        long before = config.version();
        Files.writeString(file, yaml);
        for (int waited = 0; config.version() == before; waited += 20) {
            if (waited > PATIENCE_MILLIS) {
                throw new AssertionError("the change was not noticed");
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        config.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
