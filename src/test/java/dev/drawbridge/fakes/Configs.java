package dev.drawbridge.fakes;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.provider.EnvironmentUpstreams;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.UpstreamCheck;
import dev.drawbridge.routing.Discovery;
import dev.drawbridge.routing.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gateway's configuration in a folder of a test: {@code drawbridge.yaml}, and under {@code data} what is stored. */
public final class Configs {
    private Configs() {}

    /** From the text of the file; it is written first. */
    public static LiveConfig live(Path folder, String yaml) {
        write(folder, yaml);
        return again(folder);
    }

    /** As after a restart. */
    public static LiveConfig again(Path folder) {
        return with(Map.of(
                "drawbridge.config", folder.resolve("drawbridge.yaml").toString(),
                "drawbridge.data", folder.resolve("data").toString()));
    }

    /** Without a file. */
    public static LiveConfig without(Path folder) {
        return with(Map.of("drawbridge.data", folder.resolve("data").toString()));
    }

    public static void write(Path folder, String yaml) {
        try {
            Files.writeString(folder.resolve("drawbridge.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The models of the configuration; no upstream is asked for its own. */
    public static Models models(LiveConfig config) {
        return new Models(config, new Discovery(new Providers(List.of())));
    }

    private static LiveConfig with(Map<String, String> variables) {
        return new LiveConfig(
                name -> Optional.ofNullable(variables.get(name)),
                List.of(new UpstreamCheck()),
                new EnvironmentUpstreams());
    }
}
