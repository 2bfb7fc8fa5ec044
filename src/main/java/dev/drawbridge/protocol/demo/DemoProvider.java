package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelRequest.CompletionRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.UpstreamErrors;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The upstream that needs no network: it answers the same question always with the same words, and says in them that it
 * is a demo. Streams come at a reader's pace; whole answers come at once.
 * <p>To see how the gateway and its clients take failures, send a message that is exactly {@code !error 429}, or another
 * status from 400 to 599: the call then fails as if an upstream had answered with that status.
 */
@Singleton
public class DemoProvider implements ModelProvider {
    private static final String MODEL = "demo";
    private static final String EMBEDDING_MODEL = "demo-embedding";
    private static final int CONTEXT = 32768;
    private static final Pattern FAILURE = Pattern.compile("\\s*!error ([45]\\d\\d)\\s*");

    /** Thirty tokens a second, which are about 26 words. */
    private static final Duration PACE = Duration.ofMillis(33);

    private final Duration pace;
    private final Clock clock;

    public DemoProvider() {
        this(PACE, Clock.systemUTC());
    }

    /** @param pace how long each token of a stream takes */
    DemoProvider(Duration pace, Clock clock) {
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public String protocol() {
        return "demo";
    }

    @Override
    public List<DiscoveredModel> models(Upstream upstream) {
        return List.of(
                new DiscoveredModel(
                        MODEL,
                        OptionalLong.of(CONTEXT),
                        List.of("chat", "tools", "json-mode", "json-schema", "vision", "completion")),
                new DiscoveredModel(EMBEDDING_MODEL, OptionalLong.empty(), List.of("embeddings")));
    }

    @Override
    public ModelReply answer(Target target, ModelRequest request, CallScope scope) {
        check(request);
        return new ModelReply(
                switch (request) {
                    case EmbeddingRequest embedding -> DemoEmbedding.answer(embedding);
                    case ChatRequest chat -> whole(head("chatcmpl-", "chat.completion", chat), said(chat));
                    case CompletionRequest completion ->
                        whole(head("cmpl-", "text_completion", completion), said(completion));
                });
    }

    @Override
    public ModelStream stream(Target target, ModelRequest request, CallScope scope) {
        check(request);
        return switch (request) {
            case EmbeddingRequest embedding -> throw DemoPrompt.invalid("stream", "is not for embeddings");
            case ChatRequest chat -> parts(head("chatcmpl-", "chat.completion.chunk", chat), said(chat));
            case CompletionRequest completion -> parts(head("cmpl-", "text_completion", completion), said(completion));
        };
    }

    /** All choices of an answer, and what they cost. */
    private record Said(List<DemoAnswer> answers, long promptTokens) {
        ObjectNode usage() {
            long output = answers.stream().mapToLong(DemoAnswer::tokens).sum();
            return new Usage(promptTokens, 0, output, 0, Usage.Origin.REPORTED).toJson();
        }
    }

    private static Said said(ChatRequest request) {
        DemoChat chat = new DemoChat(request);
        failAsAsked(chat.unanswered());
        return new Said(chat.answers(), chat.promptTokens());
    }

    private static Said said(CompletionRequest request) {
        List<DemoPrompt> prompts = DemoPrompt.read(request.json(), "prompt");
        failAsAsked(prompts.get(0).text());
        return new Said(
                DemoPrompt.answers(prompts, request.json()),
                prompts.stream().mapToLong(DemoPrompt::tokens).sum());
    }

    private static void failAsAsked(String text) {
        Matcher failure = FAILURE.matcher(text);
        if (failure.matches()) {
            String message = "the demo fails with status " + failure.group(1) + ", as it was asked to";
            byte[] body = message.getBytes(StandardCharsets.UTF_8);
            throw UpstreamErrors.general().read(Integer.parseInt(failure.group(1)), body);
        }
    }

    private static ObjectNode whole(ObjectNode head, Said said) {
        ArrayNode choices = head.putArray("choices");
        for (int i = 0; i < said.answers().size(); i++) {
            choices.add(said.answers().get(i).choice(i));
        }
        return head.set("usage", said.usage());
    }

    private ModelStream parts(ObjectNode head, Said said) {
        ObjectNode usage = Json.copy(head);
        usage.putArray("choices");
        usage.set("usage", said.usage());
        Stream<DemoStream.Step> choices = IntStream.range(0, said.answers().size())
                .boxed()
                .flatMap(index -> said.answers().get(index).parts(index))
                .map(step -> step.in(head));
        return new DemoStream(
                Stream.concat(choices, Stream.of(new DemoStream.Step(usage, false)))
                        .iterator(),
                pace);
    }

    private ObjectNode head(String prefix, String object, ModelRequest request) {
        return Json.object()
                .put("id", prefix + UUID.randomUUID().toString().replace("-", ""))
                .put("object", object)
                .put("created", clock.instant().getEpochSecond())
                .put("model", request.model());
    }

    private static void check(ModelRequest request) {
        String model = request.model();
        boolean embeds = request.operation() == Operation.EMBEDDING;
        if (model.equals(embeds ? EMBEDDING_MODEL : MODEL)) {
            return;
        }
        throw switch (model) {
            case EMBEDDING_MODEL ->
                failure(
                        ErrorKind.INVALID_REQUEST,
                        "the model demo-embedding makes embeddings only; the model demo talks");
            case MODEL ->
                failure(ErrorKind.INVALID_REQUEST, "the model demo makes no embeddings; the model demo-embedding does");
            default ->
                failure(
                        ErrorKind.UPSTREAM_MODEL_NOT_FOUND,
                        "the demo upstream has the models demo and demo-embedding only");
        };
    }

    private static GatewayException failure(ErrorKind kind, String message) {
        return new GatewayException(kind, message).at("model");
    }
}
