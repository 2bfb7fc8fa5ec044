package dev.drawbridge.provider;

import dev.drawbridge.catalog.Preset;
import dev.drawbridge.config.ResilienceConfig;
import dev.drawbridge.config.Secret;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.transport.ConnectionSettings;
import dev.drawbridge.transport.Timeouts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** An endpoint, a credential for it and how to reach it: the configuration of an upstream put to use. Immutable. */
public final class Upstream {
    private static final AtomicLong MADE = new AtomicLong();

    private final long order;
    private final UpstreamConfig config;
    private final Preset preset;
    private final UrlTemplates urls;
    private final Map<String, String> headers;
    private final ConnectionSettings connection;
    private final Timeouts timeouts;
    private final UpstreamErrors errors;
    private final int credential;
    private final List<Upstream> credentials;

    public Upstream(UpstreamConfig config, Preset preset) {
        this.order = MADE.incrementAndGet();
        this.config = config;
        this.preset = preset;
        this.urls = new UrlTemplates(preset, config.settings());
        this.headers = headers(config, preset, config.apiKey());
        this.connection = connection(config);
        this.errors = new UpstreamErrors(preset.failures());
        this.timeouts = new Timeouts(
                config.timeouts().connect(),
                config.timeouts().firstToken(),
                config.timeouts().idle(),
                config.timeouts().total());
        this.credential = 1;
        List<Upstream> all = new ArrayList<>(List.of(this));
        for (int number = 2; number <= config.apiKeys().size(); number++) {
            all.add(new Upstream(this, number, all));
        }
        this.credentials = Collections.unmodifiableList(all);
    }

    private Upstream(Upstream first, int credential, List<Upstream> credentials) {
        this.order = first.order;
        this.config = first.config;
        this.preset = first.preset;
        this.urls = first.urls;
        this.headers = headers(config, preset, config.apiKeys().get(credential - 1));
        this.connection = first.connection;
        this.timeouts = first.timeouts;
        this.errors = first.errors;
        this.credential = credential;
        this.credentials = Collections.unmodifiableList(credentials);
    }

    public String name() {
        return config.name();
    }

    public Preset preset() {
        return preset;
    }

    /** Calls that it may serve at the same time. */
    public int maxInFlight() {
        return config.maxInFlight();
    }

    /** How long an answer is still read, for its exact usage, after its client has gone; zero ends it at once. */
    public Duration drain() {
        return config.timeouts().drain();
    }

    /** How it is treated when it fails, or is full. */
    public ResilienceConfig resilience() {
        return config.resilience();
    }

    /** The same upstream with each of its credentials, this one's among them; they equal each other. */
    public List<Upstream> credentials() {
        return credentials;
    }

    /** Which of the credentials this one sends: the first is 1. */
    public int credential() {
        return credential;
    }

    /** Whether the other was made later: of two configurations of one name, the later is in force. */
    public boolean isOlderThan(Upstream other) {
        return order < other.order;
    }

    /** Sent with every request, the credential among them. */
    public Map<String, String> headers() {
        return headers;
    }

    public ConnectionSettings connection() {
        return connection;
    }

    public Timeouts timeouts() {
        return timeouts;
    }

    /** What its failures mean. */
    public UpstreamErrors errors() {
        return errors;
    }

    /**
     * The address of an operation, such as {@code chat/completions} or {@code api/chat}.
     *
     * @param model the upstream's name for it; it is part of some vendors' addresses
     */
    public URI uri(String path, String model) {
        return urls.uri(path, model)
                .orElseThrow(() -> new GatewayException(
                        ErrorKind.UPSTREAM_MODEL_NOT_FOUND, "upstream " + name() + " has no address for this model"));
    }

    private static Map<String, String> headers(UpstreamConfig config, Preset preset, Secret key) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(preset.headers());
        if (!key.isEmpty() && preset.auth().key() != Preset.Key.NONE) {
            headers.put(preset.auth().header(), preset.auth().prefix() + key.reveal());
        }
        for (Map.Entry<String, Secret> header : config.headers().entrySet()) {
            headers.put(header.getKey(), header.getValue().reveal());
        }
        return Collections.unmodifiableMap(headers);
    }

    private static ConnectionSettings connection(UpstreamConfig config) {
        UpstreamConfig.ConnectionConfig connection = config.connection();
        return new ConnectionSettings(
                config.timeouts().connect(),
                connection.proxy().isEmpty() ? Optional.empty() : Optional.of(URI.create(connection.proxy())),
                trustStore(connection));
    }

    /** The trust store of the configuration, if it names one. */
    static Optional<ConnectionSettings.Tls> trustStore(UpstreamConfig.ConnectionConfig connection) {
        return connection.trustStore().isEmpty()
                ? Optional.empty()
                : Optional.of(new ConnectionSettings.Tls(
                        Path.of(connection.trustStore()),
                        connection.trustStorePassword().reveal()));
    }

    /** Equal when configured alike, so that what was learnt of it outlives a reload. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Upstream upstream && config.equals(upstream.config) && preset.equals(upstream.preset);
    }

    @Override
    public int hashCode() {
        return config.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
