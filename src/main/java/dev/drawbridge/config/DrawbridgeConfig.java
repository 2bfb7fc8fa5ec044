package dev.drawbridge.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.governance.GovernanceConfig;
import dev.drawbridge.config.money.MoneyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        ManagementConfig management,
        IdentityConfig identity,
        MoneyConfig money,
        GovernanceConfig governance) {

    /** The same, but that these upstreams, by name, have these credentials. */
    DrawbridgeConfig withCredentials(Map<String, List<Secret>> credentials) {
        List<UpstreamConfig> changed = upstreams.stream()
                .map(upstream -> credentials.containsKey(upstream.name())
                        ? upstream.withApiKeys(credentials.get(upstream.name()))
                        : upstream)
                .toList();
        return changed.equals(upstreams)
                ? this
                : new DrawbridgeConfig(
                        server,
                        providers,
                        catalogs,
                        changed,
                        models,
                        routing,
                        retries,
                        management,
                        identity,
                        money,
                        governance);
    }
}
