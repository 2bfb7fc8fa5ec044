package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.UpstreamConfig;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.config.file.Variables;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentUpstreamsTest {

    @Test
    void with_nothing_set_there_are_the_demo_and_a_local_ollama() {
        List<UpstreamConfig> upstreams = upstreams(Map.of());

        assertThat(upstreams).extracting(UpstreamConfig::name).containsExactly("demo", "ollama");
        assertThat(upstreams).extracting(UpstreamConfig::kind).containsExactly("demo", "ollama");
        assertThat(upstreams.get(1).settings()).isEqualTo(Map.of("base-url", "http://localhost:11434"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai|OPENAI_API_KEY=k|",
                "openai|OPENAI_API_KEY=k OPENAI_BASE_URL=https://h/v1|base-url=https://h/v1",
                "ovhcloud|OVH_AI_ENDPOINTS_ACCESS_TOKEN=k|",
                "ovhcloud|OVH_TOKEN_ENDPOINT=k|",
                "ovhcloud|OVH_TOKEN_ENDPOINT=other OVH_AI_ENDPOINTS_ACCESS_TOKEN=k|",
                "scaleway|SCALEWAY_API_KEY=k|",
                "scaleway|SCALEWAY_API_KEY=k SCALEWAY_PROJECT_ID=p|project-id=p",
                "scaleway|SCALEWAY_API_KEY=k SCALEWAY_ENDPOINT=https://h/v1|base-url=https://h/v1",
                "mistral|MISTRAL_API_KEY=k|",
                "azure|AZURE_OPENAI_API_KEY=k AZURE_OPENAI_ENDPOINT=https://h|base-url=https://h",
                "azure|AZURE_OPENAI_API_KEY=k AZURE_OPENAI_ENDPOINT=https://h AZURE_OPENAI_API_VERSION=v"
                        + "|base-url=https://h api-version=v",
                "anthropic|ANTHROPIC_API_KEY=k|",
                "gemini|GEMINI_API_KEY=k|",
                "vllm|VLLM_BASE_URL=http://h:8000 VLLM_API_KEY=k|base-url=http://h:8000",
                "groq|GROQ_API_KEY=k|",
                "deepseek|DEEPSEEK_API_KEY=k|",
                "openrouter|OPENROUTER_API_KEY=k|",
                "together|TOGETHER_API_KEY=k|",
                "xai|XAI_API_KEY=k|"
            })
    void each_vendor_whose_variables_are_set_is_an_upstream(String kind, String set, @Nullable String settings) {
        List<UpstreamConfig> upstreams = upstreams(map(set));

        assertThat(upstreams).extracting(UpstreamConfig::name).containsExactly("demo", "ollama", kind);
        UpstreamConfig upstream = upstreams.getLast();
        assertThat(upstream.kind()).isEqualTo(kind);
        assertThat(upstream.apiKey().reveal()).isEqualTo("k");
        assertThat(upstream.settings()).isEqualTo(settings == null ? Map.of() : map(settings));
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_OPENAI_API_KEY=k",
        "AZURE_OPENAI_ENDPOINT=https://h",
        "VLLM_API_KEY=k",
        "SCALEWAY_PROJECT_ID=p",
        "OPENAI_BASE_URL=https://h"
    })
    void half_of_what_a_vendor_needs_makes_no_upstream(String set) {
        assertThat(upstreams(map(set))).hasSize(2);
    }

    @Test
    void several_vendors_can_be_there_at_once() {
        assertThat(upstreams(map("GEMINI_API_KEY=a MISTRAL_API_KEY=b VLLM_BASE_URL=http://h")))
                .extracting(UpstreamConfig::name)
                .containsExactlyInAnyOrder("demo", "ollama", "gemini", "mistral", "vllm");
    }

    @Test
    void a_key_of_digits_is_a_key() {
        assertThat(upstreams(map("MISTRAL_API_KEY=123456")).getLast().apiKey().reveal())
                .isEqualTo("123456");
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://localhost:11434",
        "' ', http://localhost:11434",
        "gpu1, http://gpu1:11434",
        "gpu1:8080, http://gpu1:8080",
        ":8080, http://localhost:8080",
        "0.0.0.0, http://localhost:11434",
        "0.0.0.0:8080, http://localhost:8080",
        "[::], http://localhost:11434",
        "[::]:8080, http://localhost:8080",
        "[::1]:8080, http://[::1]:8080",
        "[::1], http://[::1]:11434",
        "10.0.0.7, http://10.0.0.7:11434",
        "http://gpu1, http://gpu1",
        "http://gpu1:8080, http://gpu1:8080",
        "http://0.0.0.0:11434, http://localhost:11434",
        "https://gpu1, https://gpu1",
        "https://gpu1/ollama/, https://gpu1/ollama",
        "gpu1:8080/ollama, http://gpu1:8080/ollama",
        "' gpu1 ', http://gpu1:11434"
    })
    void ollamas_variable_is_read_as_ollama_reads_it(String host, String address) {
        assertThat(EnvironmentUpstreams.ollama(host)).isEqualTo(address);
    }

    @Test
    void ollamas_variable_is_used() {
        assertThat(upstreams(map("OLLAMA_HOST=gpu1:8080")).get(1).settings())
                .isEqualTo(Map.of("base-url", "http://gpu1:8080"));
    }

    /** The document that is made has to be a valid configuration. */
    private static List<UpstreamConfig> upstreams(Map<String, String> environment) {
        Variables variables = name -> Optional.ofNullable(environment.get(name));
        ObjectNode document = new EnvironmentUpstreams().document(variables);
        DrawbridgeConfig config =
                new ConfigReader(variables, List.of(new UpstreamCheck())).read(document, "the environment");
        return config.upstreams();
    }

    private static Map<String, String> map(String pairs) {
        return Arrays.stream(pairs.split(" ", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
