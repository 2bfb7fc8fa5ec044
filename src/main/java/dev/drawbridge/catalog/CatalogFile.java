package dev.drawbridge.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.config.file.ConfigReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files of facts that are shipped. */
final class CatalogFile {
    private CatalogFile() {}

    /** A YAML document of the folder {@code catalog}. */
    static JsonNode read(String name) {
        String resource = "/catalog/" + name;
        try (InputStream in = CatalogFile.class.getResourceAsStream(resource)) {
            return ConfigReader.parseYaml(
                    new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
