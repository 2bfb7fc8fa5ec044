package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.file.ConfigException;
import dev.drawbridge.fakes.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: opnai|kind: no kind of upstream named \"opnai\"; did you mean \"openai\"?",
                "kind: zzzzzzzz|kind: no kind of upstream named \"zzzzzzzz\"",
                "kind: openai|api-key: is missing, and kind openai needs one",
                "kind: scaleway, api-key: ''|api-key: is missing, and kind scaleway needs one",
                "kind: llamacpp|base-url: is missing, and kind llamacpp has no default",
                "kind: azure, api-key: k|base-url: is missing, and kind azure has no default",
                "kind: vllm, base-url: 'gpu:8000'|base-url: must be an address such as https://host/v1",
                "kind: vllm, base-url: 'ftp://h'|base-url: must be an address such as https://host/v1",
                "kind: vllm, base-url: 'http://a b'|base-url: must be an address such as https://host/v1",
                "kind: vllm, endpoint: h|base-url: must be an address such as https://host/v1",
                "kind: demo, proxy: 'proxy:3128'|proxy: must be an address such as http://proxy:3128",
                "kind: demo, tls: {trust-store: /no/such.pem}"
                        + "|tls.trust-store: cannot be used: /no/such.pem: there is no such file",
                "kind: demo, adaptations: [think-tag]"
                        + "|adaptations[0]: no adaptation named \"think-tag\"; did you mean \"think-tags\"?",
                "kind: demo, adaptations: [think-tags, {drop: user}]|adaptations[1]: write drop: [field, …]",
                "kind: demo, adaptations: [drop]|adaptations[0]: write drop: [field, …]",
                "kind: demo, adaptations: [{refuse: n}]|adaptations[0]: write refuse: [field, …]",
                "kind: demo, adaptations: [{rename: [a]}]|adaptations[0]: write rename: {field: other name}",
                "kind: demo, adaptations: [{think-tags: closed}]"
                        + "|adaptations[0]: write think-tags, or think-tags: open",
                "kind: demo, adaptations: [{developer-role: user}]"
                        + "|adaptations[0]: write developer-role: system or developer",
                "kind: demo, adaptations: [{max-tokens-field: tokens}]"
                        + "|adaptations[0]: write max-tokens-field: max_tokens or max_completion_tokens",
                "kind: demo, adaptations: [{tool-content: x}]|adaptations[0]: write tool-content: null, \"\" or omit"
            })
    void what_a_kind_needs_is_checked(String entry, String problem) {
        assertThatThrownBy(() -> Lab.config("upstreams: [{name: a, " + entry + "}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the test: upstreams[0]." + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: openai, api-key: k",
                "kind: openai, base-url: 'http://localhost:9'",
                "kind: ovhcloud",
                "kind: ovhcloud-legacy",
                "kind: scaleway, api-key: 4711",
                "kind: vllm",
                "kind: ollama",
                "kind: azure, api-key: k, endpoint: 'https://h'",
                "kind: llamacpp, base-url: 'http://h:8080'",
                "kind: demo, proxy: 'http://proxy:3128'",
                "kind: demo, adaptations: [{tool-content: ''}, {keep-only: {chat: [model]}}, {think-tags: open}]"
            })
    void what_is_enough_is_accepted(String entry) {
        assertThatCode(() -> Lab.config("upstreams: [{name: a, " + entry + "}]"))
                .doesNotThrowAnyException();
    }

    @Test
    void problems_of_models_and_presets_have_their_places() {
        assertThatThrownBy(() -> Lab.config("""
                        providers:
                          acme: {protocol: openai, urls: ['https://h/{path}'], adaptations: [{drop: 1}], at-vendor: [nope]}
                        upstreams: [{name: a, kind: acme}, {name: b, kind: acmee}]
                        models: [{id: m, targets: [{upstream: a}], adaptations: [think-tags, image-urls-in-txt]}]
                        catalogs: [/no/such/models.yaml]
                        """))
                .hasMessageContaining("has 5 problems")
                .hasMessageContaining("\n  providers.acme.adaptations[0]: write drop: [field, …]")
                .hasMessageContaining("\n  providers.acme.at-vendor[0]: no adaptation named \"nope\"")
                .hasMessageContaining(
                        "\n  upstreams[1].kind: no kind of upstream named \"acmee\"; did you mean \"acme\"?")
                .hasMessageContaining("\n  models[0].adaptations[1]: no adaptation named \"image-urls-in-txt\"")
                .hasMessageContaining("\n  catalogs[0]: /no/such/models.yaml cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "says: '(', is: timeout|failures[0].says: is no regular expression: Unclosed group",
                "is: late|failures[0].is: must be one of [\"invalid-request\"",
                "status: 429|failures[0].is: is missing",
                "status: 7xx, is: timeout|failures[0].status",
                "is: timeout, for: soon|failures[0].for: \"soon\" is not of the form 500ms, 5s, 10m or 1h",
                "is: timeout, hold: all|failures[0].hold: must be one of [\"nothing\""
            })
    void rules_for_failures_are_checked(String rule, String problem) {
        assertThatThrownBy(
                        () -> Lab.config("providers: {acme: {protocol: openai, urls: ['https://h/{path}'], failures: [{"
                                + rule + "}]}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("providers.acme." + problem);
    }

    @Test
    void a_catalogue_is_checked_by_its_schema(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("models.yaml"), "models: [{id: m, contxt: 5}]\n");

        assertThatThrownBy(() -> Lab.config("catalogs: ['" + file + "']"))
                .hasMessageContaining(
                        "catalogs[0]: " + file + ": models[0].contxt: unknown key; did you mean \"context\"?");

        Files.writeString(file, "models: [{id: m, context: 5, at: {vllm: {model: x}}}]\n");
        assertThat(Lab.config("catalogs: ['" + file + "']").catalogs()).containsExactly(file);
    }

    @Test
    void a_trust_store_without_certificates_is_refused(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("ca.pem"), "");

        assertThatThrownBy(() -> Lab.config("upstreams: [{name: a, kind: demo, tls: {trust-store: '" + file + "'}}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("upstreams[0].tls.trust-store: cannot be used: ");
    }

    @Test
    void a_trust_store_with_another_password_is_refused_without_telling_it() {
        Path store = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");

        assertThatThrownBy(() -> Lab.config("upstreams: [{name: a, kind: demo, tls: {trust-store: '" + store
                        + "', trust-store-password: s3cret}}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("upstreams[0].tls.trust-store: cannot be used: ")
                .hasMessageNotContaining("s3cret");
    }
}
