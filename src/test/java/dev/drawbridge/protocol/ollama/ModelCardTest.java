package dev.drawbridge.protocol.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelFacts;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {

    @ParameterizedTest
    @CsvSource({
        "llama-3.3-70b, llama-3.3-70b:latest",
        "smollm2:135m, smollm2:135m",
        "lab/model:8b, lab/model:8b",
        "host:5000/model, host:5000/model:latest",
        "microsoft/Phi-3-mini-4k-instruct, microsoft/Phi-3-mini-4k-instruct:latest"
    })
    void names_have_a_tag(String id, String name) {
        assertThat(card(id).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "llama-3-1-8b-instruct, llama, 8B",
        "mixtral-8x7b-instruct-v0.1, mixtral, 8x7B",
        "smollm2:135m, smollm, 135M",
        "Qwen/Qwen2.5-Coder-1.5B, qwen, 1.5B",
        "gpt-4o, gpt, ''",
        "123, model, ''"
    })
    void family_and_size_are_told_from_the_name(String id, String family, String size) {
        JsonNode details = card(id).details();
        assertThat(details.path("family").asText()).isEqualTo(family);
        assertThat(details.path("families").path(0).asText()).isEqualTo(family);
        assertThat(details.path("parameter_size").asText()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "chat, 'completion'",
        "'chat tools vision reasoning json-mode', 'completion thinking tools vision'",
        "embeddings, embedding",
        "completion, 'completion insert'",
        "'chat completion', completion",
        "image, ''",
        "'', 'completion tools'"
    })
    void capabilities_are_in_ollamas_words(String known, String words) {
        String[] capabilities = known.isEmpty() ? new String[0] : known.split(" ", -1);
        assertThat(String.join(
                        " ",
                        card("m", capabilities)
                                .capabilities()
                                .valueStream()
                                .map(JsonNode::asText)
                                .toList()))
                .isEqualTo(words);
    }

    @Test
    void the_digest_is_always_the_same_and_never_anothers() {
        String digest = card("smollm2:135m").tag().path("digest").asText();
        assertThat(digest)
                .matches("sha256:[0-9a-f]{64}")
                .isEqualTo(card("smollm2:135m").tag().path("digest").asText());
        assertThat(card("smollm2:360m").tag().path("digest").asText()).isNotEqualTo(digest);
    }

    @Test
    void a_tag_has_all_that_clients_read() {
        JsonNode tag = card("m", "chat").tag();
        assertThat(tag.path("name").asText()).isEqualTo("m:latest");
        assertThat(tag.path("model").asText()).isEqualTo("m:latest");
        assertThat(tag.path("size").isNumber()).isTrue();
        assertThat(tag.path("modified_at").asText()).endsWith("Z");
        assertThat(tag.path("details"))
                .isEqualTo(Lab.json("{'parent_model':'','format':'remote','family':'m',"
                        + "'families':['m'],'parameter_size':'','quantization_level':''}"));
    }

    private static ModelCard card(String id, String... capabilities) {
        return new ModelCard(
                id,
                new ModelFacts(
                        id,
                        "lab",
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Set.of(capabilities)));
    }
}
