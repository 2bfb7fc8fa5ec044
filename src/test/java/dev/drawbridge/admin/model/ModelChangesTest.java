package dev.drawbridge.admin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.ModelConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.fakes.FakeStore;
import dev.drawbridge.provider.store.ModelStores;
import dev.drawbridge.provider.store.StoredModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelChangesTest {
    private static final String UPSTREAMS = """
            upstreams:
              - { name: home, kind: ollama, base-url: "http://127.0.0.1:1" }
              - { name: openai, kind: openai, base-url: "http://127.0.0.1:2/v1" }
              - { name: left, kind: vllm, base-url: "http://127.0.0.1:3" }
              - { name: right, kind: vllm, base-url: "http://127.0.0.1:4" }
            """;
    private static final String FILE = UPSTREAMS + """
            models:
              - { id: elyza, aliases: [ja], targets: [{ upstream: home, model: "hf.co/elyza/Llama-3:latest" }] }
              - { id: gpt-4o-mini, targets: [{ upstream: openai }], fallbacks: [elyza] }
              - { id: mixed, targets: [{ upstream: home, model: a, priority: 1 }, { upstream: left, model: b, priority: 2 }] }
            """;
    private static final ModelChanges.Manner NOW = new ModelChanges.Manner(false, Optional.empty());

    @TempDir
    private Path folder;

    private LiveConfig config = Configs.without(Path.of("nowhere"));

    @AfterEach
    void stop() {
        config.close();
    }

    @Test
    void an_added_model_of_ollama_takes_the_earlier_ones_out_and_apis_stay() {
        ModelChanges changes = changes(FILE);

        assertThat(changes.add("tiny", "ollama/smollm2:135m", NOW).ollama()).isTrue();

        assertThat(ids()).containsExactly("tiny", "gpt-4o-mini", "mixed");
        assertThat(target("tiny")).isEqualTo("home/smollm2:135m");
        assertThat(model("gpt-4o-mini").fallbacks()).isEmpty();
    }

    @Test
    void only_the_added_model_of_ollama_is_offered() {
        changes(UPSTREAMS).add("tiny", "home/smollm2:135m", NOW);

        assertThat(upstream("home").discovery()).contains(false);
        assertThat(upstream("openai").discovery()).contains(true);
    }

    @Test
    void with_several_at_a_time_all_stay() {
        ModelChanges changes = changes(FILE + "management: { single-ollama-model: false }\n");

        changes.add("tiny", "home/smollm2:135m", NOW);

        assertThat(ids()).containsExactly("tiny", "elyza", "gpt-4o-mini", "mixed");
    }

    @Test
    void an_added_model_of_an_api_takes_nothing_out_and_stands_behind() {
        ModelChanges changes = changes(FILE);
        changes.add("tiny", "home/smollm2:135m", NOW);

        assertThat(changes.add("best", "openai/gpt-4o", NOW).ollama()).isFalse();

        assertThat(ids()).containsExactly("tiny", "best", "gpt-4o-mini", "mixed");
    }

    @Test
    void the_model_may_have_slashes() {
        changes(FILE).add("q", "home/hf.co/user/repo:Q4", NOW);

        assertThat(target("q")).isEqualTo("home/hf.co/user/repo:Q4");
    }

    @Test
    void adding_a_name_again_replaces_it() {
        ModelChanges changes = changes(FILE);
        changes.add("gpt-4o-mini", "openai/gpt-4o", NOW);
        changes.add("gpt-4o-mini", "left/other", NOW);

        assertThat(ids()).containsOnlyOnce("gpt-4o-mini");
        assertThat(target("gpt-4o-mini")).isEqualTo("left/other");
    }

    @Test
    void switching_back_and_forth_needs_no_adding_again() {
        ModelChanges changes = changes(FILE);
        changes.add("tiny", "home/smollm2:135m", NOW);

        assertThat(changes.switchTo("elyza", NOW).ollama()).isTrue();
        assertThat(ids()).containsExactly("elyza", "gpt-4o-mini", "mixed");
        assertThat(model("gpt-4o-mini").fallbacks()).containsExactly("elyza");

        changes.switchTo("smollm2", NOW);
        assertThat(ids()).containsExactly("tiny", "gpt-4o-mini", "mixed");
    }

    @Test
    void switching_to_a_model_of_an_api_puts_it_at_the_head() {
        ModelChanges changes = changes(FILE);

        assertThat(changes.switchTo("gpt-4o-mini", NOW).ollama()).isFalse();

        assertThat(ids()).containsExactly("gpt-4o-mini", "elyza", "mixed");
    }

    @Test
    void models_are_found_by_name_by_alias_and_by_part_of_what_provides_them() {
        ModelChanges changes = changes(FILE);
        for (String name : List.of("elyza", "ja", "hf.co/elyza", "home/hf.co")) {
            changes.switchTo("gpt-4o-mini", NOW);
            changes.switchTo(name, NOW);
            assertThat(ids().getFirst()).as(name).isEqualTo("elyza");
        }
    }

    @Test
    void an_unknown_model_cannot_be_switched_to() {
        assertRefused(404, "モデル nope は設定に存在しません", () -> changes(FILE).switchTo("nope", NOW));
    }

    @Test
    void a_provider_is_an_upstream_or_a_kind_of_which_there_is_one() {
        String form = "provider_modelはプロバイダー/モデル名 の形式で指定してください（例: ollama/phi3, openai/gpt-4）";
        ModelChanges changes = changes(FILE);
        for (String provider : List.of("phi3", "/", "/x", "home/", " /x", "home/ ", "")) {
            assertRefused(400, form, () -> changes.add("m", provider, NOW));
        }
        assertRefused(
                400,
                "プロバイダー azure は設定に存在しません（設定済み: home, openai, left, right）",
                () -> changes.add("m", "azure/x", NOW));
        assertRefused(
                400,
                "プロバイダー vllm に該当するアップストリームが複数あります。名前で指定してください: left, right",
                () -> changes.add("m", "vllm/x", NOW));
    }

    @Test
    void a_name_that_another_model_goes_by_is_refused() {
        assertRefused(
                400,
                "設定が正しくありません: models[1].aliases[0]: \"ja\" is taken by another model",
                () -> changes(FILE).add("ja", "openai/x", NOW));
        assertThat(ids()).containsExactly("elyza", "gpt-4o-mini", "mixed");
    }

    @Test
    void a_change_for_an_older_configuration_is_refused() {
        ModelChanges changes = changes(FILE);
        Optional<String> seen = Optional.of(Revision.of(config.stored()));
        changes.add("a", "openai/a", new ModelChanges.Manner(false, seen));

        assertRefused(
                412,
                "設定はすでに変更されています。GET /config で最新の ETag を取得してください",
                () -> changes.add("b", "openai/b", new ModelChanges.Manner(false, seen)));
        assertThat(ids()).contains("a").doesNotContain("b");
    }

    @Test
    void what_is_not_downloaded_yet_is_said() {
        ModelChanges changes = changes(FILE);

        assertThat(changes.add("tiny", "home/smollm2:135m", NOW).warning()).isEmpty();
        assertThat(changes.add("llama", "home/llama3", NOW).warning()).isEmpty();
        assertThat(changes.add("phi", "home/phi", NOW).warning())
                .map(text -> text.in(Locale.ENGLISH))
                .contains("The model phi has not been downloaded to home yet");
    }

    private ModelChanges changes(String yaml) {
        config.close();
        config = Configs.live(folder, yaml);
        FakeStore store = new FakeStore()
                .keeps("home", new StoredModel("smollm2:135m", 270_898_672), new StoredModel("llama3:latest", 7));
        return new ModelChanges(config, Configs.models(config), new ModelStores(List.of(store)));
    }

    private List<String> ids() {
        return config.current().models().stream().map(ModelConfig::id).toList();
    }

    private ModelConfig model(String id) {
        return config.current().models().stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String target(String id) {
        ModelConfig.TargetConfig target = model(id).targets().getFirst();
        return target.upstream() + "/" + target.model();
    }

    private UpstreamConfig upstream(String name) {
        return config.current().upstreams().stream()
                .filter(upstream -> upstream.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(int status, String text, Runnable change) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(change::run).satisfies(e -> {
            assertThat(e.text().in(Locale.JAPANESE)).isEqualTo(text);
            assertThat(e.status()).isEqualTo(status);
        });
    }
}
