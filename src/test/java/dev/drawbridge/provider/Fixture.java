package dev.drawbridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.wire.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Something that files of the folder {@code fixtures} show on the wire, named after it. */
public interface Fixture {
    String name();

    default String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The text of a file, such as {@code openai/text.sse}; empty where there is none. */
    static Optional<String> find(String file) {
        try (InputStream in = Fixture.class.getResourceAsStream("/fixtures/" + file)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String file) {
        return find(file).orElseThrow(() -> new AssertionError("there is no fixture " + file));
    }

    static JsonNode parse(String json) {
        try {
            return JsonCodec.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
