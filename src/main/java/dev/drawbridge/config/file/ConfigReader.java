package dev.drawbridge.config.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.drawbridge.config.DrawbridgeConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;

/** From the text of a configuration to a valid {@link DrawbridgeConfig}, or to everything that is wrong with it. */
public final class ConfigReader {
    private static final SchemaCheck SCHEMA = new SchemaCheck("drawbridge.json");

    private final Variables variables;
    private final List<ConfigCheck> checks = new ArrayList<>();

    public ConfigReader(Variables variables, Iterable<ConfigCheck> checks) {
        this.variables = variables;
        checks.forEach(this.checks::add);
    }

    /** @throws ConfigException naming every problem */
    public DrawbridgeConfig read(Path file) {
        return read(parse(file), file.toString());
    }

    /** @throws ConfigException when the file is no YAML, or cannot be read */
    public static JsonNode parse(Path file) {
        try {
            return parseYaml(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new ConfigException(file.toString(), List.of(notYaml(e)));
        } catch (IOException e) {
            throw new ConfigException(file.toString(), List.of("cannot be read: " + e.getMessage()));
        }
    }

    /** Where, and the first line of why: the lines after it quote the file, which may hold a key. */
    private static String notYaml(JsonProcessingException e) {
        String why = e.getOriginalMessage().lines().findFirst().orElse("");
        return "is not YAML (line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr() + "): " + why;
    }

    /** @param origin of the document, for the message */
    public DrawbridgeConfig read(JsonNode document, String origin) {
        return validate(resolve(document, origin), origin);
    }

    /** The files that hold values of the document. */
    public static Set<Path> files(JsonNode document) {
        return Substitution.files(document);
    }

    /** The document with its variables put in. */
    public JsonNode resolve(JsonNode document, String origin) {
        Problems problems = new Problems();
        JsonNode resolved = new Substitution(variables, problems).apply(document, "");
        if (!problems.isEmpty()) {
            throw new ConfigException(origin, problems.all());
        }
        return resolved;
    }

    /** The configuration that a document without variables describes. */
    public DrawbridgeConfig validate(JsonNode resolved, String origin) {
        Problems problems = new Problems();
        SCHEMA.check(resolved, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(origin, problems.all());
        }
        DrawbridgeConfig config = ConfigBinding.bind(resolved);
        new ReferenceCheck().check(config, problems);
        checks.forEach(check -> check.check(config, problems));
        if (!problems.isEmpty()) {
            throw new ConfigException(origin, problems.all());
        }
        return config;
    }

    /** A YAML document with duplicate keys refused; an empty one is an empty mapping. */
    public static JsonNode parseYaml(String text) throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        ObjectMapper yaml = new ObjectMapper(
                        YAMLFactory.builder().loaderOptions(strict).build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        JsonNode document = yaml.readTree(text);
        return document == null || document.isMissingNode() || document.isNull() ? yaml.createObjectNode() : document;
    }

    /** A duration of the form that the schema asks for, such as {@code 500ms} or {@code 5s}. */
    public static Duration duration(String text) {
        return Fields.duration(text);
    }

    /** Whether the text is an address that a client can call. */
    public static boolean isHttpUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
