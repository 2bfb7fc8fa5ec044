package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import com.openai.models.models.Model;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Models, completions and embeddings through OpenAI's Java SDK. */
@ExtendWith(ShippedWar.class)
class OpenAiSdkOtherIT {
    private static final String EMBEDDINGS =
            "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.5,-1.25]}],"
                    + "'model':'real-embedder','usage':{'prompt_tokens':2,'total_tokens':2}}";

    @Test
    void models_are_listed() {
        assertThat(Sdk.client().models().list().data())
                .extracting(Model::id)
                .contains(World.MODEL, "embedder", "careful")
                .doesNotContain(World.ALIAS);
    }

    @Test
    void a_model_is_found_by_an_id_with_slash_and_colon() {
        Model model = Sdk.client().models().retrieve(World.MODEL);
        assertThat(model.id()).isEqualTo(World.MODEL);
        assertThat(model.ownedBy()).isEqualTo("lab");
        assertThat(Sdk.client().models().retrieve(World.ALIAS).id()).isEqualTo(World.ALIAS);
    }

    @Test
    void an_unknown_model_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> Sdk.client().models().retrieve("lab/model:9b"))
                .satisfies(e -> assertThat(e.code()).contains("model_not_found"))
                .withMessageContaining(World.MODEL);
    }

    @Test
    void a_completion_is_answered() {
        World.LAB.on(World.COMPLETIONS, 200, piece("'stop'"));
        Completion answer = Sdk.client().completions().create(completion());
        assertThat(answer.choices().getFirst().text()).isEqualTo("Hello");
        assertThat(answer.model()).isEqualTo(World.MODEL);
    }

    @Test
    void a_completion_is_streamed() {
        String chunk = piece("null");
        String last = piece("'stop'");
        World.LAB.on(World.COMPLETIONS, Said.stream(chunk, last));
        try (StreamResponse<Completion> chunks =
                // The SDK cannot read chunks without a finish reason strictly, OpenAI's own neither.
                Sdk.builder().responseValidation(false).build().completions().createStreaming(completion())) {
            assertThat(chunks.stream()
                            .flatMap(part -> part.choices().stream())
                            .map(choice -> choice.text())
                            .collect(Collectors.joining()))
                    .isEqualTo("HelloHello");
        }
    }

    @Test
    void embeddings_are_numbers_however_the_sdk_asks_for_them() {
        World.LAB.on(World.EMBEDDINGS, 200, EMBEDDINGS.replace('\'', '"'));
        CreateEmbeddingResponse packed =
                Sdk.client().embeddings().create(embedding().build());
        CreateEmbeddingResponse plain = Sdk.client()
                .embeddings()
                .create(embedding().encodingFormat(EncodingFormat.FLOAT).build());
        assertThat(packed.data().getFirst().embedding()).containsExactly(0.5f, -1.25f);
        assertThat(plain.data().getFirst().embedding()).containsExactly(0.5f, -1.25f);
        assertThat(plain.usage().promptTokens()).isEqualTo(2);
    }

    @Test
    void base64_is_base64_and_float_is_float_whatever_the_upstream_sends() {
        World.LAB.on(World.EMBEDDINGS, 200, EMBEDDINGS.replace('\'', '"'));
        String packed = Http.post(World.EMBEDDINGS, "{'model':'embedder','input':'x','encoding_format':'base64'}")
                .json()
                .at("/data/0/embedding")
                .textValue();
        assertThat(packed).isEqualTo("AAAAPwAAoL8=");
        World.LAB.on(
                World.EMBEDDINGS,
                200,
                EMBEDDINGS.replace("[0.5,-1.25]", "'" + packed + "'").replace('\'', '"'));
        assertThat(Http.post(World.EMBEDDINGS, "{'model':'embedder','input':'x'}")
                        .json()
                        .at("/data/0/embedding")
                        .toString())
                .isEqualTo("[0.5,-1.25]");
    }

    @Test
    void a_list_of_texts_goes_to_the_upstream_as_it_is() {
        World.LAB.on(World.EMBEDDINGS, 200, EMBEDDINGS.replace('\'', '"'));
        var params = EmbeddingCreateParams.builder()
                .model("embedder")
                .inputOfArrayOfStrings(List.of("a", "b"))
                .dimensions(2)
                .build();
        assertThat(Sdk.client().embeddings().create(params).data()).hasSize(1);
        var sent = Http.json(World.LAB.lastCall().body());
        assertThat(sent.path("input").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(sent.path("model").asText()).isEqualTo("real-embedder");
        assertThat(sent.path("dimensions").asInt()).isEqualTo(2);
    }

    /** A completion's answer, and a chunk of one. */
    private static String piece(String finish) {
        return ("{'id':'cmpl-1','object':'text_completion','created':1700000000,'model':'real-name','choices':[{"
                        + "'index':0,'text':'Hello','logprobs':null,'finish_reason':" + finish + "}],'usage':"
                        + Said.USAGE + "}")
                .replace('\'', '"');
    }

    private static EmbeddingCreateParams.Builder embedding() {
        return EmbeddingCreateParams.builder().model("embedder").input("x");
    }

    private static CompletionCreateParams completion() {
        return CompletionCreateParams.builder()
                .model(World.MODEL)
                .prompt("Say hello")
                .build();
    }
}
