package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.catalog.Presets;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UpstreamAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai|https://api.openai.com/v1/chat/completions",
                "ovhcloud|https://oai.endpoints.kepler.ai.cloud.ovh.net/v1/chat/completions",
                "scaleway|https://api.scaleway.ai/v1/chat/completions",
                "mistral|https://api.mistral.ai/v1/chat/completions",
                "anthropic|https://api.anthropic.com/v1/chat/completions",
                "gemini|https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
                "groq|https://api.groq.com/openai/v1/chat/completions",
                "deepseek|https://api.deepseek.com/v1/chat/completions",
                "openrouter|https://openrouter.ai/api/v1/chat/completions",
                "together|https://api.together.xyz/v1/chat/completions",
                "xai|https://api.x.ai/v1/chat/completions",
                "vllm|http://localhost:8000/v1/chat/completions"
            })
    void a_vendor_has_its_own_address(String kind, String address) {
        assertThat(Lab.upstream("{name: a, kind: " + kind + ", api-key: k}").uri("chat/completions", "m"))
                .hasToString(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai|https://h/v1|https://h/v1/embeddings",
                "openai|https://h/v1/|https://h/v1/embeddings",
                "openai|https://h:8443/deep/path//|https://h:8443/deep/path/embeddings",
                "gemini|https://h|https://h/embeddings",
                "ovhcloud|https://h/v1|https://h/v1/embeddings",
                "ovhcloud-legacy|https://h/x|https://h/x/embeddings",
                "scaleway|https://api.scaleway.ai/v1/a-project|https://api.scaleway.ai/v1/a-project/embeddings",
                "vllm|http://h:8000|http://h:8000/v1/embeddings",
                "vllm|http://h:8000/v1|http://h:8000/v1/embeddings",
                "vllm|http://h:8000/v1/|http://h:8000/v1/embeddings",
                "vllm|http://h:8000/v1/v1|http://h:8000/v1/v1/embeddings",
                "llamacpp|http://h:8080/v1|http://h:8080/v1/embeddings",
                "llamacpp|http://h:8080|http://h:8080/v1/embeddings",
                "azure|https://r.openai.azure.com|https://r.openai.azure.com/openai/v1/embeddings",
                "azure|https://r.openai.azure.com/|https://r.openai.azure.com/openai/v1/embeddings",
                "azure|https://r.openai.azure.com/openai|https://r.openai.azure.com/openai/v1/embeddings",
                "azure|https://r.openai.azure.com/openai/v1/|https://r.openai.azure.com/openai/v1/embeddings"
            })
    void an_address_of_ones_own_is_completed(String kind, String baseUrl, String address) {
        for (String setting : new String[] {"base-url", "endpoint"}) {
            assertThat(Lab.upstream("{name: a, kind: " + kind + ", api-key: k, " + setting + ": '" + baseUrl + "'}")
                            .uri("embeddings", "m"))
                    .hasToString(address);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://r.example, gpt-4o, https://r.example/openai/deployments/gpt-4o/completions?api-version=2024-10-21",
        "https://r.example/openai/v1, a b/c?d, https://r.example/openai/deployments/a%20b%2Fc%3Fd/completions?api-version=2024-10-21"
    })
    void with_an_api_version_azure_has_one_address_for_each_deployment(String base, String model, String address) {
        assertThat(Lab.upstream("{name: a, kind: azure, api-key: k, base-url: '" + base
                                + "', api-version: '2024-10-21'}")
                        .uri("completions", model))
                .hasToString(address);
    }

    @Test
    void scaleways_project_stands_before_v1_and_an_endpoint_wins_over_it() {
        assertThat(Lab.upstream("{name: a, kind: scaleway, api-key: k, project-id: 12-ab}")
                        .uri("chat/completions", "m"))
                .hasToString("https://api.scaleway.ai/12-ab/v1/chat/completions");
        assertThat(Lab.upstream("{name: a, kind: scaleway, api-key: k, project-id: '', endpoint: ''}")
                        .uri("models", ""))
                .hasToString("https://api.scaleway.ai/v1/models");
        assertThat(Lab.upstream("{name: a, kind: scaleway, api-key: k, project-id: p, endpoint: 'https://h/x'}")
                        .uri("models", ""))
                .hasToString("https://h/x/models");
    }

    static Stream<Arguments> legacyHosts() {
        return Presets.builtIn().of("ovhcloud-legacy").orElseThrow().hosts().entrySet().stream()
                .map(host -> Arguments.of(host.getKey(), host.getValue()));
    }

    @ParameterizedTest
    @MethodSource("legacyHosts")
    void ovhcloud_once_had_one_host_for_each_model(String model, String host) {
        assertThat(Lab.upstream("{name: a, kind: ovhcloud-legacy}").uri("chat/completions", model))
                .hasToString(
                        "https://" + host + ".endpoints.kepler.ai.cloud.ovh.net/api/openai_compat/v1/chat/completions");
    }

    @Test
    void a_model_without_a_host_has_no_address() {
        Upstream upstream = Lab.upstream("{name: old, kind: ovhcloud-legacy}");

        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> upstream.uri("chat/completions", "retired"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_MODEL_NOT_FOUND);
        assertThat(failure.message()).contains("old").contains("no address for this model");
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://localhost:11434/api/chat",
        "http://h:1/, http://h:1/api/chat",
        "http://h:1/v1, http://h:1/api/chat",
        "http://h:1/api/, http://h:1/api/chat"
    })
    void ollama_is_found_whatever_end_of_its_address_is_given(String base, String address) {
        assertThat(Lab.upstream("{name: a, kind: ollama, base-url: '" + base + "'}")
                        .uri("api/chat", "m"))
                .hasToString(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: openai, api-key: k|Authorization=Bearer k",
                "kind: azure, api-key: k, endpoint: 'https://h'|api-key=k",
                "kind: vllm, api-key: k|Authorization=Bearer k",
                "kind: vllm|",
                "kind: vllm, api-key: ''|",
                "kind: demo, api-key: k|",
                "kind: anthropic, api-key: k|Authorization=Bearer k;anthropic-version=2023-06-01",
                "kind: anthropic, api-key: k, headers: {anthropic-version: x}"
                        + "|Authorization=Bearer k;anthropic-version=x",
                "kind: openai, api-key: k, headers: {OpenAI-Project: p, x-n: 7}"
                        + "|Authorization=Bearer k;OpenAI-Project=p;x-n=7"
            })
    void the_credential_is_sent_as_the_vendor_wants_it(String entry, @Nullable String headers) {
        Map<String, String> expected = headers == null
                ? Map.of()
                : Stream.of(headers.split(";", -1))
                        .map(header -> header.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        assertThat(Lab.upstream("{name: a, " + entry + "}").headers()).isEqualTo(expected);
    }

    @Test
    void upstreams_that_are_configured_alike_are_equal() {
        String entry = "{name: a, kind: vllm, api-key: k}";

        assertThat(Lab.upstream(entry))
                .isEqualTo(Lab.upstream(entry))
                .hasSameHashCodeAs(Lab.upstream(entry))
                .isNotEqualTo(Lab.upstream("{name: a, kind: vllm, api-key: other}"))
                .isNotEqualTo(Lab.upstream("{name: b, kind: vllm, api-key: k}"))
                .hasToString("a");
    }
}
