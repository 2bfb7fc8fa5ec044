package dev.drawbridge.protocol.ollama.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.DiscoveredModel;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OllamaListingTest {

    @Test
    void models_keep_their_names_and_say_what_they_can() {
        List<DiscoveredModel> models = OllamaListing.read(tags("""
                {"models":[{"name":"smollm2:135m","model":"smollm2:135m","size":1,"details":{"family":"llama"}},
                  {"name":"llama3:latest","details":{"context_length":8192},
                   "capabilities":["completion","insert","tools","vision","thinking","audio","telepathy"]},
                  {"name":"nomic","capabilities":["embedding"]},{"size":3},7]}"""));

        assertThat(models)
                .containsExactly(
                        new DiscoveredModel("smollm2:135m"),
                        new DiscoveredModel(
                                "llama3:latest",
                                OptionalLong.of(8192),
                                List.of(
                                        "chat",
                                        "completion",
                                        "json-mode",
                                        "json-schema",
                                        "tools",
                                        "vision",
                                        "reasoning",
                                        "audio")),
                        new DiscoveredModel("nomic", OptionalLong.empty(), List.of("embeddings")));
    }

    @Test
    void what_is_no_list_of_models_is_a_failure() {
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> OllamaListing.read(tags("{}")));
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> OllamaListing.read(tags("[]")));
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> OllamaListing.read(null));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> OllamaListing.read(tags("{\"models\":null}")));
    }

    private static JsonValue tags(String json) {
        return Json.createReader(new StringReader(json)).readValue();
    }
}
