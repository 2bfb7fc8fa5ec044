package dev.drawbridge.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.admin.model.ModelListing.Entry;
import dev.drawbridge.admin.upstream.Together;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.fakes.FakeStore;
import dev.drawbridge.provider.store.ModelStores;
import dev.drawbridge.provider.store.StoredModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelListingTest {
    private static final String FILE = """
            upstreams:
              - { name: one, kind: ollama, base-url: "http://127.0.0.1:1" }
              - { name: two, kind: ollama, base-url: "http://127.0.0.1:2" }
              - { name: openai, kind: openai, base-url: "http://127.0.0.1:3/v1" }
              - { name: lab, kind: vllm, base-url: "http://127.0.0.1:4" }
            models:
              - { id: tiny, targets: [{ upstream: one, model: "smollm2:135m" }] }
              - { id: llama3, targets: [{ upstream: two, model: "llama3:latest" }] }
              - { id: gone, targets: [{ upstream: one, model: "gone:1b" }] }
              - { id: gpt-4o, targets: [{ upstream: openai }] }
              - { id: mistral, targets: [{ upstream: lab }] }
            """;

    @TempDir
    private Path folder;

    @Test
    void what_is_downloaded_comes_first_with_its_size_and_each_model_once() {
        FakeStore store = new FakeStore()
                .keeps(
                        "one",
                        new StoredModel("smollm2:135m", 270_898_672),
                        new StoredModel("phi:latest", 1_602_463_378))
                .keeps(
                        "two",
                        new StoredModel("llama3:latest", 12_345_678_901L),
                        new StoredModel("phi:latest", 1_602_463_378));

        assertThat(entries(store))
                .containsExactly(
                        new Entry("smollm2:135m", "270 MB", "ollama", true, List.of("tiny")),
                        new Entry("phi:latest", "1.6 GB", "ollama", false, List.of()),
                        new Entry("llama3:latest", "12 GB", "ollama", true, List.of()),
                        new Entry("gone", "N/A", "ollama", true, List.of()),
                        new Entry("gpt-4o", "N/A", "openai", true, List.of()),
                        new Entry("mistral", "N/A", "api", true, List.of()));
    }

    @Test
    void without_an_answer_of_ollama_the_configured_models_are_still_listed() {
        assertThat(entries(new FakeStore()))
                .extracting(Entry::name)
                .containsExactly("tiny", "llama3", "gone", "gpt-4o", "mistral");
    }

    @Test
    void sizes_are_printed_as_ollama_prints_them() {
        assertThat(List.of(0L, 7L, 999L, 1_000L, 1_500L, 9_999L, 10_500L, 270_898_672L, 4_661_224_676L, 40_000_000_000L)
                        .stream()
                        .map(HumanSize::of))
                .containsExactly(
                        "N/A", "7 B", "999 B", "1 KB", "1.5 KB", "10.0 KB", "10 KB", "270 MB", "4.7 GB", "40 GB");
    }

    private List<Entry> entries(FakeStore store) {
        LiveConfig config = Configs.live(folder, FILE);
        config.close();
        return new ModelListing(config, Configs.models(config), new ModelStores(List.of(store)), new Together())
                .entries();
    }
}
