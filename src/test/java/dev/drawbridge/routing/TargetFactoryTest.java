package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.adaptation.Adaptation;
import dev.drawbridge.adaptation.Context;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFactoryTest {
    private static final String UPSTREAMS = """
            providers:
              acme:
                protocol: openai
                urls: ["{base-url}/{path}", "https://acme.example/{path}"]
                listing: false
                adaptations: [{drop: [by-kind]}]
                at-vendor: [{drop: [by-vendor]}]
            upstreams:
              - {name: acme, kind: acme, adaptations: [{drop: [by-upstream]}]}
              - {name: own, kind: acme, base-url: "http://localhost:1", adaptations: [{drop: [by-upstream]}]}
              - {name: lab, kind: vllm}
            """;

    @TempDir
    private Path dir;

    private String catalogs = "";

    @BeforeEach
    void write() throws IOException {
        Path file = Files.writeString(dir.resolve("models.yaml"), """
                models:
                  - id: big
                    title: Big Model
                    owned-by: them
                    aliases: [huge]
                    context: 1000
                    max-tokens: {default: 10, limit: 100}
                    capabilities: [chat]
                    adaptations: [{drop: [by-model]}]
                    at: {acme: {model: them/Big, adaptations: [{drop: [by-offer]}]}}
                """);
        catalogs = "catalogs: ['" + file + "']\n";
    }

    @Test
    void what_the_file_says_wins_over_the_catalogue() {
        ModelFacts facts = route("""
                {id: mine, targets: [{upstream: acme, model: them/big}], context: 2000, max-tokens: {limit: 50},
                 capabilities: [chat, tools]}""").facts();

        assertThat(facts.context()).hasValue(2000);
        assertThat(facts.maxTokens()).hasValue(50);
        assertThat(facts.defaultMaxTokens()).hasValue(10);
        assertThat(facts.capabilities()).containsExactlyInAnyOrder("chat", "tools");
        assertThat(facts.title()).isEqualTo("Big Model");
        assertThat(facts.ownedBy()).isEqualTo("them");
    }

    @Test
    void a_model_that_nobody_knows_has_no_facts_but_a_name() {
        ModelFacts facts =
                route("{id: mine, targets: [{upstream: lab, model: other}]}").facts();

        assertThat(facts.title()).isEqualTo("mine");
        assertThat(facts.ownedBy()).isEqualTo("lab");
        assertThat(facts.context()).isEmpty();
        assertThat(facts.capabilities()).isEmpty();
    }

    @Test
    void our_name_for_a_model_becomes_the_upstreams() {
        assertThat(target("{id: big, targets: [{upstream: acme}]}").model()).isEqualTo("them/Big");
        assertThat(target("{id: big, targets: [{upstream: lab}]}").model()).isEqualTo("big");
    }

    @Test
    void rules_run_from_the_model_to_the_vendors_last_word() {
        Target target = target("{id: big, targets: [{upstream: acme}], adaptations: [{drop: [by-file]}]}");

        assertThat(dropped(target))
                .containsExactly(
                        "max_tokens=10(default)",
                        "dropped=by-model",
                        "dropped=by-offer",
                        "dropped=by-file",
                        "dropped=by-kind",
                        "dropped=by-vendor",
                        "dropped=by-upstream");
    }

    @Test
    void rules_of_the_vendors_own_address_do_not_hold_elsewhere() {
        assertThat(dropped(target("{id: x, targets: [{upstream: own}]}")))
                .containsExactly("dropped=by-kind", "dropped=by-upstream");
    }

    @Test
    void a_listed_model_comes_under_the_catalogues_name() {
        TargetFactory factory = factory("");
        Upstream acme = upstream(factory, "acme");
        Route known = factory.route(acme, new DiscoveredModel("them/BIG"));
        Route unknown = factory.route(acme, new DiscoveredModel("new", OptionalLong.of(77), List.of("chat", "vision")));

        assertThat(known.id()).isEqualTo("big");
        assertThat(known.aliases()).containsExactly("huge");
        assertThat(known.choices().getFirst().target().model()).isEqualTo("them/Big");
        assertThat(unknown.id()).isEqualTo("new");
        assertThat(unknown.facts().context()).hasValue(77);
        assertThat(unknown.facts().capabilities()).containsExactlyInAnyOrder("chat", "vision");
    }

    @Test
    void what_an_upstream_says_of_its_model_wins_over_the_catalogue() {
        TargetFactory factory = factory("");
        Route route = factory.route(
                upstream(factory, "acme"), new DiscoveredModel("them/Big", OptionalLong.of(500), List.of()));

        assertThat(route.facts().context()).hasValue(500);
        assertThat(route.facts().capabilities()).containsExactly("chat");
    }

    @Test
    void an_upstream_that_does_not_list_its_models_has_those_of_the_catalogue() {
        TargetFactory factory = factory("");

        assertThat(factory.fromCatalog(upstream(factory, "acme"))).containsExactly(new DiscoveredModel("them/Big"));
    }

    @Test
    void an_upstream_is_open_until_a_model_of_the_file_names_it() {
        TargetFactory factory = factory("models: [{id: m, targets: [{upstream: acme}]}]");

        assertThat(factory.isOpen(upstream(factory, "acme"))).isFalse();
        assertThat(factory.isOpen(upstream(factory, "lab"))).isTrue();
    }

    private Route route(String model) {
        DrawbridgeConfig config = Lab.config(catalogs + UPSTREAMS + "models: [" + model + "]");
        return new TargetFactory(config).route(config.models().getFirst());
    }

    private Target target(String model) {
        return route(model).choices().getFirst().target();
    }

    private TargetFactory factory(String models) {
        return new TargetFactory(Lab.config(catalogs + UPSTREAMS + models));
    }

    private static Upstream upstream(TargetFactory factory, String name) {
        return factory.upstreams().stream()
                .filter(upstream -> upstream.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the rules of a target report of a request that has something for each. */
    private static List<String> dropped(Target target) {
        ModelRequest request = new ChatRequest(Lab.object("""
                {'by-kind': 1, 'by-vendor': 1, 'by-upstream': 1, 'by-model': 1, 'by-offer': 1, 'by-file': 1}"""));
        Context context = new Context(target.facts());
        for (Adaptation rule : target.adaptations()) {
            request = rule.request(request, context);
        }
        return context.report();
    }
}
