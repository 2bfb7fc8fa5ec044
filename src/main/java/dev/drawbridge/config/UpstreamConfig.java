package dev.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One endpoint and the credentials for it.
 *
 * @param place of the entry in the file, for messages: {@code upstreams[0]}
 * @param kind the name of a preset
 * @param settings the values for the preset's URL templates: {@code base-url}, {@code api-version}, {@code project-id}
 * @param apiKeys all different ones, in the order of the file; calls take turns with them
 * @param keyStored whether its credential is stored by the gateway, so that it may be missing here
 * @param maxInFlight calls at the same time
 * @param discovery whether its own list of models is offered; by default when no model of the file names it
 * @param adaptations further rules, after the preset's own
 */
public record UpstreamConfig(
        String place,
        String name,
        String kind,
        Map<String, String> settings,
        List<Secret> apiKeys,
        boolean keyStored,
        Map<String, Secret> headers,
        TimeoutConfig timeouts,
        int maxInFlight,
        ResilienceConfig resilience,
        ConnectionConfig connection,
        Optional<Boolean> discovery,
        List<JsonNode> adaptations) {

    /** The first of the keys, or {@link Secret#NONE}. */
    public Secret apiKey() {
        return apiKeys.isEmpty() ? Secret.NONE : apiKeys.getFirst();
    }

    /** The same with other credentials. */
    UpstreamConfig withApiKeys(List<Secret> keys) {
        return new UpstreamConfig(
                place,
                name,
                kind,
                settings,
                keys,
                keyStored,
                headers,
                timeouts,
                maxInFlight,
                resilience,
                connection,
                discovery,
                adaptations);
    }

    /**
     * See the transport's Timeouts.
     *
     * @param drain how long an answer is still read, for its exact usage, after its client has gone
     */
    public record TimeoutConfig(Duration connect, Duration firstToken, Duration idle, Duration total, Duration drain) {}

    /**
     * @param proxy an HTTP proxy, or empty
     * @param trustStore a file of certificates to trust, or empty
     */
    public record ConnectionConfig(String proxy, String trustStore, Secret trustStorePassword) {}
}
