package dev.drawbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.protocol.ollama.question.AskedModel;
import dev.drawbridge.protocol.ollama.question.ChatQuestion;
import dev.drawbridge.protocol.ollama.question.Question;
import dev.drawbridge.protocol.ollama.upstream.OllamaProvider;
import dev.drawbridge.protocol.openai.upstream.OpenAiProvider;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.JsonBody;
import dev.drawbridge.transport.UpstreamClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request with an image of 20 MB costs on its way through. */
class LargeRequestTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MB = 1024 * 1024;
    private static final String IMAGE = image();
    private static final String OPENAI = """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"what is this?"},\
            {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}]}]}""".formatted(IMAGE);
    private static final String OLLAMA = """
            {"model":"m","messages":[{"role":"user","content":"what is this?","images":["%s"]}],"stream":false}\
            """.formatted(IMAGE);

    private final FakeUpstream upstream = new FakeUpstream()
            .on("/chat/completions", 200, """
                    {"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"a cat"}}]}""")
            .on("/api/chat", 200, "{\"message\":{\"role\":\"assistant\",\"content\":\"a cat\"},\"done\":true}");
    private final UpstreamClient client = new UpstreamClient();

    @AfterEach
    void close() {
        client.close();
        upstream.close();
    }

    @Test
    void from_openai_to_openai() {
        assertThat(cost("openai", new OpenAiProvider(client), bytes(OPENAI), "", ChatRequest::new))
                .isLessThan(30 * MB);
        assertThat(Lab.json(upstream.lastCall().body())).isEqualTo(Lab.json(OPENAI));
    }

    @Test
    void zipped() throws IOException {
        assertThat(cost("openai", new OpenAiProvider(client), zipped(OPENAI), "gzip", ChatRequest::new))
                .isLessThan(70 * MB);
        assertThat(Lab.json(upstream.lastCall().body())).isEqualTo(Lab.json(OPENAI));
    }

    @Test
    void from_openai_to_ollama() {
        assertThat(cost("ollama", new OllamaProvider(client), bytes(OPENAI), "", ChatRequest::new))
                .isLessThan(30 * MB);
        assertThat(Lab.json(upstream.lastCall().body())).isEqualTo(Lab.json(OLLAMA));
    }

    @Test
    void from_ollama_to_ollama() {
        assertThat(cost("ollama", new OllamaProvider(client), bytes(OLLAMA), "", document -> asked(document, true)))
                .isLessThan(30 * MB);
        assertThat(Lab.json(upstream.lastCall().body())).isEqualTo(Lab.json(OLLAMA));
    }

    @Test
    void from_ollama_to_openai() {
        assertThat(cost("openai", new OpenAiProvider(client), bytes(OLLAMA), "", document -> asked(document, false)))
                .isLessThan(30 * MB);
        assertThat(Lab.json(upstream.lastCall().body())).isEqualTo(Lab.json(OPENAI));
    }

    /** The bytes that the call allocates. */
    private long cost(
            String kind,
            ModelProvider provider,
            byte[] body,
            String encoding,
            Function<ObjectNode, ModelRequest> reader) {
        String yaml = """
                upstreams: [{name: lab, kind: %s, base-url: '%s', discovery: false}]
                models: [{id: m, context: 8000, targets: [{upstream: lab}]}]
                """.formatted(kind, upstream.url());
        try (GatewayLab lab = new GatewayLab(yaml, provider)) {
            // What is loaded once is no part of the cost.
            call(lab, bytes(OPENAI.replace(IMAGE, "")), "", ChatRequest::new);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            call(lab, body, encoding, reader);
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }
    }

    private static void call(GatewayLab lab, byte[] body, String encoding, Function<ObjectNode, ModelRequest> reader) {
        Arrival arrival = new Arrival(
                "r", new Caller("somebody"), "application/json", encoding, body.length, 0, new CallScope(), name -> "");
        ObjectNode document = JsonBody.read(new ByteArrayInputStream(body), arrival, 64 * MB);
        lab.gateway.answer(GatewayLab.call(reader.apply(document)));
    }

    private static ModelRequest asked(ObjectNode document, boolean ollama) {
        ModelFacts facts =
                new ModelFacts("", "", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Set.of());
        return ((Question.Whole) ChatQuestion.read(document, new AskedModel("m", facts, ollama))).request();
    }

    private static String image() {
        byte[] image = new byte[(int) (15 * MB)];
        new Random(1).nextBytes(image);
        System.arraycopy("\u0089PNG\r\n".getBytes(StandardCharsets.ISO_8859_1), 0, image, 0, 6);
        return Base64.getEncoder().encodeToString(image);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes(text));
        }
        return zipped.toByteArray();
    }
}
