package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    @TempDir
    private Path dir;

    private Catalog catalog = Catalog.builtIn();

    @BeforeEach
    void write() throws IOException {
        Path first = Files.writeString(dir.resolve("first.yaml"), """
                models:
                  - id: our-model
                    title: Ours
                    owned-by: us
                    aliases: [ours]
                    context: 1000
                    max-tokens: {default: 10, limit: 100}
                    capabilities: [chat, tools]
                    adaptations: [think-tags]
                    at:
                      vllm: {model: us/Our-Model, price: {currency: EUR, input: 2}, adaptations: [merge-roles]}
                      groq: {}
                  - {id: replaced, context: 1}
                """);
        Path second = Files.writeString(dir.resolve("second.yaml"), "models: [{id: replaced, context: 2}]");
        catalog = Catalog.with(List.of(first, second));
    }

    @Test
    void an_entry_is_read_with_all_that_it_says() {
        CatalogModel model = catalog.byId("our-model").orElseThrow();

        assertThat(model.aliases()).containsExactly("ours");
        assertThat(model.facts().title()).isEqualTo("Ours");
        assertThat(model.facts().ownedBy()).isEqualTo("us");
        assertThat(model.facts().context()).hasValue(1000);
        assertThat(model.facts().defaultMaxTokens()).hasValue(10);
        assertThat(model.facts().maxTokens()).hasValue(100);
        assertThat(model.facts().capabilities()).containsExactlyInAnyOrder("chat", "tools");
        assertThat(model.adaptations()).hasSize(1);
        assertThat(model.at())
                .hasEntrySatisfying("vllm", offer -> {
                    assertThat(offer.model()).isEqualTo("us/Our-Model");
                    assertThat(offer.price().orElseThrow().input()).isEqualTo(BigDecimal.TWO);
                    assertThat(offer.adaptations()).hasSize(1);
                })
                .hasEntrySatisfying("groq", offer -> assertThat(offer.model()).isEqualTo("our-model"));
    }

    @Test
    void later_files_replace_earlier_entries_and_the_shipped_ones_stay() {
        assertThat(catalog.byId("replaced").orElseThrow().facts().context()).hasValue(2);
        assertThat(catalog.all()).hasSize(Catalog.builtIn().all().size() + 2);
        assertThat(Catalog.builtIn().byId("our-model")).isEmpty();
    }

    @Test
    void a_model_is_found_by_the_name_that_an_upstream_has_for_it() {
        assertThat(catalog.at("vllm", "us/our-model").map(CatalogModel::id)).contains("our-model");
        assertThat(catalog.at("vllm", "our-model").map(CatalogModel::id)).contains("our-model");
        assertThat(catalog.at("mistral", "us/our-model")).isEmpty();
        assertThat(catalog.at("vllm", "nobody")).isEmpty();
    }

    @Test
    void elsewhere_only_what_holds_everywhere_is_known() {
        CatalogModel elsewhere = catalog.at("mistral", "our-model").orElseThrow();

        assertThat(elsewhere.facts().context()).hasValue(1000);
        assertThat(elsewhere.facts().capabilities()).contains("tools");
        assertThat(elsewhere.adaptations()).hasSize(1);
        assertThat(elsewhere.facts().defaultMaxTokens()).isEmpty();
        assertThat(elsewhere.facts().maxTokens()).isEmpty();
        assertThat(elsewhere.at()).isEmpty();
    }

    @Test
    void without_files_there_is_the_shipped_catalogue() {
        assertThat(Catalog.with(List.of())).isSameAs(Catalog.builtIn());
    }

    @Test
    void a_file_that_has_gone_is_a_failure() {
        assertThatThrownBy(() -> Catalog.with(List.of(dir.resolve("none.yaml"))))
                .isInstanceOf(UncheckedIOException.class);
    }
}
