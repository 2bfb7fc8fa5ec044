package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.inference.Operation;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.transport.Timeouts;
import dev.drawbridge.transport.UpstreamClient;
import dev.drawbridge.transport.UpstreamExchange;
import dev.drawbridge.transport.UpstreamRequest;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** OpenAI, and everybody who speaks its protocol: vLLM, llama.cpp, OVHcloud, Scaleway, Mistral, Azure, Gemini … */
@Singleton
public class OpenAiProvider implements ModelProvider {
    private final UpstreamClient client;

    @Inject
    public OpenAiProvider(UpstreamClient client) {
        this.client = client;
    }

    @Override
    public String protocol() {
        return "openai";
    }

    @Override
    public ModelReply answer(Target target, ModelRequest request, CallScope scope) {
        ModelRequest whole = request.without("stream").without("stream_options");
        try (UpstreamExchange exchange =
                send(target, whole, target.upstream().timeouts().whole(), scope)) {
            return whole(target, exchange, request.operation());
        }
    }

    @Override
    public ModelStream stream(Target target, ModelRequest request, CallScope scope) {
        UpstreamExchange exchange =
                send(target, streaming(target, request), target.upstream().timeouts(), scope);
        try {
            boolean events = exchange.header("Content-Type")
                    .map(type -> type.toLowerCase(Locale.ROOT).contains("text/event-stream"))
                    .orElse(false);
            // Some servers answer whole although asked for a stream.
            return events
                    ? OpenAiStream.open(
                            exchange, request.operation(), target.upstream().errors())
                    : new WholeAsStream(exchange, whole(target, exchange, request.operation()), request.operation());
        } catch (RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    @Override
    public List<DiscoveredModel> models(Upstream upstream) {
        return OpenAiListing.of(upstream);
    }

    private static ModelRequest streaming(Target target, ModelRequest request) {
        ModelRequest streaming = request.with("stream", BooleanNode.TRUE);
        if (!target.upstream().preset().streamUsage()) {
            return streaming.without("stream_options");
        }
        // Usage is always asked for: what a call cost must be known, whether or not the client wants to know.
        ObjectNode options = request.json().path("stream_options") instanceof ObjectNode asked ? asked : Json.object();
        return streaming.with("stream_options", Json.with(options, "include_usage", BooleanNode.TRUE));
    }

    private UpstreamExchange send(Target target, ModelRequest request, Timeouts timeouts, CallScope scope) {
        Upstream upstream = target.upstream();
        UpstreamRequest call = new UpstreamRequest(
                upstream.uri(path(request.operation()), target.model()),
                upstream.headers(),
                JsonCodec.pieces(request.json()));
        UpstreamExchange exchange = client.send(call, upstream.connection(), timeouts, scope);
        if (exchange.status() < 300) {
            return exchange;
        }
        try (exchange) {
            throw upstream.errors().read(exchange);
        }
    }

    private static String path(Operation operation) {
        return switch (operation) {
            case CHAT -> "chat/completions";
            case COMPLETION -> "completions";
            case EMBEDDING -> "embeddings";
        };
    }

    private static ModelReply whole(Target target, UpstreamExchange exchange, Operation operation) {
        JsonNode document;
        try {
            document = JsonCodec.parse(exchange.bytes());
        } catch (MalformedJsonException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer " + e.getMessage());
        } catch (IOException e) {
            throw exchange.failure(e);
        }
        if (document.isMissingNode()) {
            throw new GatewayException(ErrorKind.EMPTY_ANSWER, "the upstream's answer was empty");
        }
        return new ReplyNormalizer(operation, target.upstream().errors()).normalize(document);
    }
}
