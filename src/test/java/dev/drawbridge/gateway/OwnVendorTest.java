package dev.drawbridge.gateway;

import static dev.drawbridge.fakes.Lab.json;
import static dev.drawbridge.fakes.Lab.object;
import static dev.drawbridge.fakes.Lab.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.protocol.openai.upstream.OpenAiProvider;
import dev.drawbridge.transport.UpstreamClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An OpenAI-compatible vendor that nobody has heard of, added by the configuration alone. */
class OwnVendorTest {
    private static final String QUESTION = """
            {'model': 'acme-large', 'messages': [{'role': 'developer', 'content': 'Be terse'},
              {'role': 'user', 'content': 'Hi'}], 'max_completion_tokens': 50, 'logit_bias': {'1': 2}, 'seed': 7}""";

    private final FakeUpstream vendor = new FakeUpstream();
    private final UpstreamClient client = new UpstreamClient();
    private final GatewayLab lab = new GatewayLab("""
            providers:
              acme:
                title: Acme Models
                protocol: openai
                urls: ["{base-url}/v9/{model}/{path}", "https://api.acme.example/v9/{model}/{path}"]
                strip: [/v9]
                auth: { header: x-acme-key, prefix: "Key ", key: required }
                headers: { x-acme-version: "2" }
                stream-usage: false
                listing: false
                adaptations:
                  - developer-role: system
                  - max-tokens-field: max_tokens
                  - rename: { seed: random_seed }
                  - drop: [logit_bias]
            upstreams:
              - {name: acme, kind: acme, base-url: "%s/v9/", api-key: s3cret, headers: {x-team: blue}}
            models: [{id: acme-large, targets: [{upstream: acme, model: Large 1}]}]
            """.formatted(vendor.url()), new OpenAiProvider(client));

    @AfterEach
    void close() {
        lab.close();
        client.close();
        vendor.close();
    }

    @Test
    void it_is_asked_in_its_own_way() {
        vendor.on("/v9/Large%201/chat/completions", 200, """
                {"id":"1","object":"chat.completion","created":1,"model":"Large 1","choices":[{"index":0,
                 "message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],
                 "usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}""");

        Answer<ModelReply> answer = lab.gateway.answer(GatewayLab.call(QUESTION));

        assertThat(answer.content().json().at("/choices/0/message/content").asText())
                .isEqualTo("Hello");
        assertThat(answer.adapted())
                .containsExactly(
                        "role:developer=system(renamed)",
                        "max_completion_tokens=max_tokens(renamed)",
                        "seed=random_seed(renamed)",
                        "dropped=logit_bias");
        assertThat(vendor.lastCall().headers())
                .containsEntry("x-acme-key", "Key s3cret")
                .containsEntry("x-acme-version", "2")
                .containsEntry("x-team", "blue")
                .doesNotContainKey("authorization");
        assertThat(json(vendor.lastCall().body())).isEqualTo(json("""
                {'model': 'Large 1', 'messages': [{'role': 'system', 'content': 'Be terse'},
                  {'role': 'user', 'content': 'Hi'}], 'max_tokens': 50, 'random_seed': 7}"""));
    }

    @Test
    void it_streams() {
        vendor.on(
                "/v9/Large%201/chat/completions",
                (call, answer) -> answer.start(200, "text/event-stream")
                        .events(
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}",
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}",
                                "[DONE]")
                        .end());
        StringBuilder text = new StringBuilder();
        try (ModelStream stream = lab.gateway.stream(GatewayLab.call(QUESTION)).content()) {
            List<JsonNode> chunks = Lab.rest(stream);
            chunks.forEach(
                    chunk -> text.append(chunk.at("/choices/0/delta/content").asText("")));
            assertThat(chunks.getLast().at("/usage/completion_tokens").asInt()).isPositive();
        }

        assertThat(text).hasToString("Hello");
        JsonNode asked = json(vendor.lastCall().body());
        assertThat(asked.path("stream").asBoolean()).isTrue();
        assertThat(asked.has("stream_options")).isFalse();
    }

    @Test
    void it_embeds() {
        vendor.on("/v9/Large%201/embeddings", 200, """
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5]}],"model":"Large 1",
                 "usage":{"prompt_tokens":1,"total_tokens":1}}""");

        ModelReply reply = lab.gateway
                .answer(GatewayLab.call(new EmbeddingRequest(object("{'model': 'acme-large', 'input': 'x'}"))))
                .content();

        assertThat(written(reply.json()).at("/data/0/embedding")).isEqualTo(json("[0.5]"));
    }

    @Test
    void its_errors_are_read() {
        vendor.on("/v9/Large%201/chat/completions", 422, "{\"detail\":\"The model Large 1 does not exist\"}");

        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> lab.gateway.answer(GatewayLab.call(QUESTION)));

        assertThat(failure.kind()).isEqualTo(ErrorKind.UPSTREAM_MODEL_NOT_FOUND);
        assertThat(failure.message()).isEqualTo("The model Large 1 does not exist");
    }
}
