package dev.drawbridge.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.AddressRange;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.IdentityConfig;
import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.config.ManagementConfig;
import dev.drawbridge.config.ModelConfig;
import dev.drawbridge.config.RetryConfig;
import dev.drawbridge.config.RoutingConfig;
import dev.drawbridge.config.Secret;
import dev.drawbridge.config.ServerConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.config.governance.GovernanceBinding;
import dev.drawbridge.config.money.MoneyBinding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** From a document that the schema has approved to the records; each default of the file is here and in the schema. */
public final class ConfigBinding {
    /** Settings of an upstream that fill placeholders of its preset's URL templates. */
    private static final List<String> URL_SETTINGS = List.of("base-url", "api-version", "project-id");

    private static final RoutingConfig PLAIN =
            new RoutingConfig(RoutingConfig.Strategy.WEIGHTED, RoutingConfig.Sticky.NONE, true);
    /** A waiting call takes 60 to 150 KB; the rest is for what is said in it, and for all else. */
    private static final long HEAP_FOR_CALL = 256 * 1024;

    private ConfigBinding() {}

    static DrawbridgeConfig bind(JsonNode document) {
        Fields root = new Fields(document);
        RoutingConfig routing = routing(root.at("routing"), PLAIN);
        return new DrawbridgeConfig(
                server(root.at("server")),
                document.path("providers") instanceof ObjectNode providers
                        ? providers
                        : JsonNodeFactory.instance.objectNode(),
                root.list("catalogs", file -> Path.of(file.asText())),
                indexed(document, "upstreams", (upstream, place) -> upstream(upstream, place, root)),
                indexed(document, "models", (model, place) -> model(model, place, routing)),
                routing,
                retries(root.at("retries")),
                management(root.at("management")),
                new IdentityConfig(indexed(document.path("identity"), "issuers", ConfigBinding::issuer)),
                MoneyBinding.money(document),
                GovernanceBinding.bind(document, Fields::duration));
    }

    private static ServerConfig server(Fields server) {
        return new ServerConfig(
                server.has("url") ? Optional.of(server.text("url", "")) : Optional.empty(),
                server.size("max-body", "32MB"),
                server.has("body-memory")
                        ? server.size("body-memory", "")
                        : Runtime.getRuntime().maxMemory() / 4,
                server.has("cors-origins")
                        ? server.texts("cors-origins")
                        : List.of("http://localhost:*", "http://127.0.0.1:*"),
                server.flag("request-log", true),
                server.number("max-calls", (int) (Runtime.getRuntime().maxMemory() / HEAP_FOR_CALL)),
                server.duration("keep-alive", "15s"),
                server.duration("shutdown-grace", "20s"),
                server.texts("trusted-proxies").stream().map(AddressRange::new).toList(),
                server.number("admin-port", 0));
    }

    private static RetryConfig retries(Fields retries) {
        return new RetryConfig(
                retries.number("attempts", 3),
                retries.duration("backoff", "250ms"),
                retries.duration("max-backoff", "5s"),
                retries.duration("hedge", "0s"));
    }

    private static ManagementConfig management(Fields management) {
        Fields downloads = management.at("downloads");
        return new ManagementConfig(
                management.flag("single-ollama-model", true),
                downloads.duration("idle", "5m"),
                downloads.duration("total", "30m"));
    }

    private static UpstreamConfig upstream(Fields upstream, String place, Fields root) {
        Map<String, String> settings = new LinkedHashMap<>();
        URL_SETTINGS.stream().filter(upstream::has).forEach(name -> settings.put(name, upstream.text(name, "")));
        settings.values().removeIf(String::isBlank);
        if (!upstream.text("endpoint", "").isBlank()) {
            settings.putIfAbsent("base-url", upstream.text("endpoint", ""));
        }
        Fields timeouts = upstream.at("timeouts");
        Fields tls = upstream.at("tls");
        return new UpstreamConfig(
                place,
                upstream.text("name", ""),
                upstream.text("kind", ""),
                Map.copyOf(settings),
                keys(upstream),
                upstream.text("credential", "").equals("stored"),
                upstream.secrets("headers"),
                new UpstreamConfig.TimeoutConfig(
                        timeouts.duration("connect", "10s"),
                        timeouts.duration("first-token", "2m"),
                        timeouts.duration("idle", "2m"),
                        timeouts.duration("total", "10m"),
                        timeouts.duration("drain", "0s")),
                upstream.number("max-in-flight", 1024),
                ResilienceBinding.bind(root, upstream),
                new UpstreamConfig.ConnectionConfig(
                        upstream.text("proxy", ""), tls.text("trust-store", ""), tls.secret("trust-store-password")),
                upstream.has("discovery") ? Optional.of(upstream.flag("discovery", true)) : Optional.empty(),
                upstream.list("adaptations", rule -> rule));
    }

    private static List<Secret> keys(Fields upstream) {
        Stream<Secret> more = upstream.texts("api-keys").stream().map(Secret::new);
        return Stream.concat(Stream.of(upstream.secret("api-key")), more)
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
    }

    private static IssuerConfig issuer(Fields issuer, String place) {
        Fields tls = issuer.at("tls");
        String defaultRole = issuer.text("default-role", "user");
        return new IssuerConfig(
                "identity." + place,
                issuer.text("issuer", ""),
                issuer.texts("audience"),
                issuer.texts("azp"),
                issuer.has("jwks-url") ? Optional.of(issuer.text("jwks-url", "")) : Optional.empty(),
                issuer.has("algorithms") ? issuer.texts("algorithms") : IssuerConfig.ALGORITHMS,
                issuer.duration("clock-skew", "60s"),
                issuer.has("max-age") ? Optional.of(issuer.duration("max-age", "")) : Optional.empty(),
                claims(issuer.at("claims")),
                issuer.has("roles") ? issuer.map("roles") : IssuerConfig.ROLES,
                issuer.map("teams"),
                Optional.of(defaultRole).filter(role -> !role.equals("none")),
                new IssuerConfig.Connection(
                        issuer.text("proxy", ""), tls.text("trust-store", ""), tls.secret("trust-store-password")),
                Optional.of(issuer).filter(all -> all.has("client-id")).map(ConfigBinding::signIn));
    }

    private static IssuerConfig.SignIn signIn(Fields issuer) {
        return new IssuerConfig.SignIn(
                issuer.text("name", IssuerConfig.SignIn.nameOf(issuer.text("issuer", ""))),
                issuer.text("client-id", ""),
                issuer.has("scopes") ? issuer.texts("scopes") : IssuerConfig.SignIn.SCOPES);
    }

    private static IssuerConfig.Claims claims(Fields claims) {
        IssuerConfig.Claims usual = IssuerConfig.Claims.USUAL;
        return new IssuerConfig.Claims(
                claims.has("user") ? claims.texts("user") : usual.user(),
                claims.has("teams") ? claims.texts("teams") : usual.teams(),
                claims.has("roles") ? claims.texts("roles") : usual.roles());
    }

    private static ModelConfig model(Fields model, String place, RoutingConfig routing) {
        String id = model.text("id", "");
        Fields maxTokens = model.at("max-tokens");
        return new ModelConfig(
                place,
                id,
                model.texts("aliases"),
                model.list("targets", target -> target(new Fields(target), id)),
                model.texts("fallbacks"),
                new ModelConfig.MaxTokens(maxTokens.number("default"), maxTokens.number("limit")),
                model.number("context"),
                model.texts("capabilities"),
                price(model),
                model.list("adaptations", rule -> rule),
                routing(model, routing),
                model.list("routes", route -> route(new Fields(route))));
    }

    private static RoutingConfig routing(Fields fields, RoutingConfig otherwise) {
        return new RoutingConfig(
                fields.word("strategy", otherwise.strategy()),
                fields.word("sticky", otherwise.sticky()),
                fields.flag("pinning", otherwise.pinning()));
    }

    private static ModelConfig.RouteConfig route(Fields route) {
        Fields when = route.at("when");
        return new ModelConfig.RouteConfig(
                when.text("header", ""),
                when.text("is", ""),
                when.node().path("percent").asDouble(100),
                route.map("to", JsonNode::asText),
                route.flag("failover", false));
    }

    private static ModelConfig.TargetConfig target(Fields target, String id) {
        return new ModelConfig.TargetConfig(
                target.text("upstream", ""),
                target.text("model", id),
                target.number("priority", 1),
                target.number("weight", 1),
                target.map("labels", JsonNode::asText),
                price(target));
    }

    private static Optional<ModelConfig.Price> price(Fields owner) {
        return owner.has("price") ? Optional.of(price(owner.node().get("price"))) : Optional.empty();
    }

    /** A price as written in the file or in a catalogue. */
    public static ModelConfig.Price price(JsonNode price) {
        return new ModelConfig.Price(
                price.path("currency").asText(),
                price.path("input").decimalValue(),
                Optional.of(price.path("cached-input"))
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::decimalValue),
                price.path("output").decimalValue(),
                MoneyBinding.more(price));
    }

    private static <T> List<T> indexed(JsonNode document, String field, BiFunction<Fields, String, T> read) {
        List<T> values = new ArrayList<>();
        for (JsonNode element : document.path(field)) {
            values.add(read.apply(new Fields(element), field + "[" + values.size() + "]"));
        }
        return List.copyOf(values);
    }
}
