package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IssuerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** One issuer in the properties that MicroProfile JWT has for it; the defaults that matter are that standard's. */
final class MicroProfileJwt {
    private static final String PREFIX = "mp.jwt.verify.";
    private static final String SIGN_IN = "drawbridge.signin.";
    private static final String LOCATION = "publickey.location";
    private static final String CLASS_PATH = "classpath:";

    private final Config config;

    private MicroProfileJwt(Config config) {
        this.config = config;
    }

    /** The issuer, if there is one. */
    static Optional<Issuer> issuer(Config config) {
        MicroProfileJwt properties = new MicroProfileJwt(config);
        return properties.text("issuer").map(properties::issuer);
    }

    private Issuer issuer(String issuer) {
        Optional<String> location = text(LOCATION);
        IssuerConfig rules = new IssuerConfig(
                PREFIX + "issuer",
                issuer,
                list("audiences"),
                List.of(),
                location.filter(MicroProfileJwt::isFetched),
                algorithms(),
                seconds("clock.skew").orElse(Duration.ofSeconds(60)),
                seconds("token.age"),
                IssuerConfig.Claims.USUAL,
                IssuerConfig.ROLES,
                Map.of(),
                Optional.of("user"),
                IssuerConfig.Connection.DIRECT,
                signIn(issuer));
        String key = text("publickey")
                .or(() -> location.filter(place -> !isFetched(place)).map(MicroProfileJwt::read))
                .orElse("");
        return new Issuer(rules, key);
    }

    /** The standard has no words for it. */
    private Optional<IssuerConfig.SignIn> signIn(String issuer) {
        return value(SIGN_IN + "client-id")
                .map(client -> new IssuerConfig.SignIn(
                        value(SIGN_IN + "name").orElse(IssuerConfig.SignIn.nameOf(issuer)),
                        client,
                        values(SIGN_IN + "scopes").orElse(IssuerConfig.SignIn.SCOPES)));
    }

    private List<String> algorithms() {
        Optional<String> algorithm = text("publickey.algorithm");
        if (algorithm.filter(name -> !IssuerConfig.ALGORITHMS.contains(name)).isPresent()) {
            throw new IllegalStateException(
                    PREFIX + "publickey.algorithm must be one of " + String.join(", ", IssuerConfig.ALGORITHMS));
        }
        return algorithm.map(List::of).orElse(IssuerConfig.ALGORITHMS);
    }

    private static boolean isFetched(String location) {
        return location.startsWith("http://") || location.startsWith("https://");
    }

    private static String read(String location) {
        try {
            if (location.startsWith(CLASS_PATH)) {
                return resource(location.substring(CLASS_PATH.length()));
            }
            return Files.readString(location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location));
        } catch (IOException e) {
            throw new UncheckedIOException(PREFIX + LOCATION + " names what cannot be read: " + location, e);
        }
    }

    private static String resource(String name) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream(name.replaceFirst("^/", ""))) {
            if (in == null) {
                throw new IOException("there is no such resource");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Optional<String> text(String name) {
        return value(PREFIX + name);
    }

    private Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }

    private List<String> list(String name) {
        return values(PREFIX + name).orElse(List.of());
    }

    private Optional<List<String>> values(String name) {
        return config.getOptionalValues(name, String.class).map(List::copyOf);
    }

    private Optional<Duration> seconds(String name) {
        return config.getOptionalValue(PREFIX + name, Long.class).map(Duration::ofSeconds);
    }
}
