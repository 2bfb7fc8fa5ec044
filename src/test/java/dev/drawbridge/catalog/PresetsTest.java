package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {
    private static final Presets NONE_OF_MINE = Presets.with(Lab.object("{}"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai",
                "azure",
                "anthropic",
                "gemini",
                "mistral",
                "ovhcloud",
                "ovhcloud-legacy",
                "scaleway",
                "vllm",
                "llamacpp",
                "groq",
                "deepseek",
                "openrouter",
                "together",
                "xai",
                "ollama",
                "demo"
            })
    void the_vendors_are_known(String kind) {
        Preset preset = NONE_OF_MINE.of(kind).orElseThrow();

        assertThat(preset.kind()).isEqualTo(kind);
        assertThat(preset.title()).isNotBlank().isNotEqualTo(kind);
        assertThat(preset.urls().isEmpty()).isEqualTo(kind.equals("demo"));
    }

    @ParameterizedTest
    @CsvSource({
        "openai, REQUIRED",
        "azure, REQUIRED",
        "ovhcloud, OPTIONAL",
        "vllm, OPTIONAL",
        "ollama, OPTIONAL",
        "demo, NONE"
    })
    void a_key_is_needed_or_not(String kind, Preset.Key key) {
        assertThat(NONE_OF_MINE.of(kind).orElseThrow().auth().key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"openai, true, true", "azure, true, false", "mistral, false, true", "anthropic, true, false"})
    void what_a_vendor_can_do_is_known(String kind, boolean streamUsage, boolean listing) {
        Preset preset = NONE_OF_MINE.of(kind).orElseThrow();

        assertThat(preset.streamUsage()).isEqualTo(streamUsage);
        assertThat(preset.listing()).isEqualTo(listing);
    }

    @Test
    void a_preset_of_ones_own_needs_its_protocol_only() {
        Preset preset = Presets.with(Lab.object("{'acme': {'protocol': 'openai'}}"))
                .of("acme")
                .orElseThrow();

        assertThat(preset)
                .isEqualTo(new Preset(
                        "acme",
                        "acme",
                        "openai",
                        List.of(),
                        List.of(),
                        Map.of(),
                        new Preset.Auth("Authorization", "Bearer ", Preset.Key.OPTIONAL),
                        Map.of(),
                        true,
                        true,
                        new Preset.Environment(List.of(), Map.of()),
                        List.of(),
                        List.of(),
                        FailureRules.general()));
    }

    @Test
    void a_preset_of_ones_own_has_all_that_the_shipped_ones_have() {
        Preset preset = Presets.with(Lab.object("""
                        {'acme': {'title': 'Acme', 'protocol': 'openai', 'urls': ['https://{host}/{path}'], 'strip': ['/v1'],
                          'hosts': {'m': 'h'}, 'auth': {'header': 'x-key', 'prefix': '', 'key': 'required'},
                          'headers': {'x-v': '2'}, 'stream-usage': false, 'listing': false,
                          'environment': {'when': [['A', 'B'], ['C']], 'api-key': ['A', 'B'], 'base-url': ['C']},
                          'adaptations': ['think-tags'], 'at-vendor': [{'drop': ['user']}],
                          'failures': [{'status': 418, 'is': 'overloaded'}]}}""")).of("acme").orElseThrow();

        assertThat(preset)
                .isEqualTo(new Preset(
                        "acme",
                        "Acme",
                        "openai",
                        List.of("https://{host}/{path}"),
                        List.of("/v1"),
                        Map.of("m", "h"),
                        new Preset.Auth("x-key", "", Preset.Key.REQUIRED),
                        Map.of("x-v", "2"),
                        false,
                        false,
                        new Preset.Environment(
                                List.of(List.of("A", "B"), List.of("C")),
                                Map.of("api-key", List.of("A", "B"), "base-url", List.of("C"))),
                        List.of(Lab.json("'think-tags'")),
                        List.of(Lab.json("{'drop': ['user']}")),
                        FailureRules.with(Lab.json("[{'status': 418, 'is': 'overloaded'}]"))));
    }

    @Test
    void a_preset_of_ones_own_replaces_a_shipped_one_and_leaves_the_others() {
        Presets presets = Presets.with(Lab.object("{'openai': {'protocol': 'demo'}, 'acme': {'protocol': 'openai'}}"));

        assertThat(presets.of("openai").orElseThrow().protocol()).isEqualTo("demo");
        assertThat(presets.of("mistral")).isEqualTo(Presets.builtIn().of("mistral"));
        assertThat(presets.kinds())
                .contains("acme")
                .hasSize(Presets.builtIn().kinds().size() + 1);
        assertThat(Presets.builtIn().of("openai").orElseThrow().protocol()).isEqualTo("openai");
        assertThat(presets.of("nobody")).isEmpty();
    }
}
