package dev.drawbridge.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/**
 * One valid configuration. Immutable; a change of the file makes a new one.
 *
 * @param server the gateway itself
 * @param providers presets of the user's own, in the form of {@code catalog/providers.yaml}
 * @param catalogs model catalogues of the user's own, in the form of {@code catalog/models.yaml}
 * @param routing of models that are not in the file
 */
public record DrawbridgeConfig(
        ServerConfig server,
        ObjectNode providers,
        List<Path> catalogs,
        List<UpstreamConfig> upstreams,
        List<ModelConfig> models,
        RoutingConfig routing,
        RetryConfig retries,
        ManagementConfig management) {}
