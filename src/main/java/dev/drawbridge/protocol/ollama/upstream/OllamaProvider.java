package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.drawbridge.transport.UpstreamClient;
import dev.drawbridge.transport.UpstreamExchange;
import dev.drawbridge.transport.UpstreamRequest;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The door to servers that speak Ollama's own API. Its OpenAI-compatible one loses options, images and errors. */
@Singleton
public class OllamaProvider implements ModelProvider {
    private final UpstreamClient client;
    private final OllamaRequests requests;

    @Inject
    public OllamaProvider(UpstreamClient client) {
        this(client, new ImageFetcher());
    }

    OllamaProvider(UpstreamClient client, ImageFetcher images) {
        this.client = client;
        this.requests = new OllamaRequests(new OllamaMessages(images));
    }

    @Override
    public String protocol() {
        return "ollama";
    }

    @Override
    public ModelReply answer(Target target, ModelRequest request, CallScope scope) {
        Optional<OllamaRelay> relay = OllamaRelay.of(target, request);
        // Ollama streams unless told not to; its embeddings know no such field, and do not mind.
        ObjectNode body = relay.map(OllamaRelay::body)
                .orElseGet(() -> requests.body(request))
                .put("stream", false);
        UpstreamRequest post = post(target, path(relay, request), body);
        Upstream upstream = target.upstream();
        try (UpstreamExchange exchange =
                client.send(post, upstream.connection(), upstream.timeouts().whole(), scope)) {
            refuseError(target, exchange);
            ObjectNode answer = parse(target, bytes(exchange));
            return relay.map(own -> own.reply(answer)).orElseGet(() -> OllamaReplies.reply(request, answer));
        }
    }

    @Override
    public ModelStream stream(Target target, ModelRequest request, CallScope scope) {
        if (request.operation() == Operation.EMBEDDING) {
            throw new GatewayException(ErrorKind.UNSUPPORTED_PARAMETER, "embeddings cannot be streamed").at("stream");
        }
        Optional<OllamaRelay> relay = OllamaRelay.of(target, request);
        ObjectNode body = relay.map(OllamaRelay::body)
                .orElseGet(() -> requests.body(request))
                .put("stream", true);
        UpstreamRequest post = post(target, path(relay, request), body);
        Upstream upstream = target.upstream();
        UpstreamExchange exchange = client.send(post, upstream.connection(), upstream.timeouts(), scope);
        try {
            refuseError(target, exchange);
            OllamaChunks chunks = new OllamaChunks(request);
            return OllamaStream.open(
                    exchange,
                    target.upstream().errors(),
                    line -> relay.map(own -> own.chunks(line, chunks)).orElseGet(() -> chunks.of(line)));
        } catch (RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    @Override
    public List<DiscoveredModel> models(Upstream upstream) {
        return OllamaListing.models(upstream);
    }

    private static String path(Optional<OllamaRelay> relay, ModelRequest request) {
        return relay.map(OllamaRelay::path).orElseGet(() -> OllamaRequests.path(request));
    }

    private static UpstreamRequest post(Target target, String path, ObjectNode body) {
        Upstream upstream = target.upstream();
        return new UpstreamRequest(upstream.uri(path, target.model()), upstream.headers(), JsonCodec.pieces(body));
    }

    private static void refuseError(Target target, UpstreamExchange exchange) {
        if (exchange.status() >= 300) {
            throw target.upstream().errors().read(exchange);
        }
    }

    private static byte[] bytes(UpstreamExchange exchange) {
        try {
            return exchange.bytes();
        } catch (IOException e) {
            throw exchange.failure(e);
        }
    }

    private static ObjectNode parse(Target target, byte[] bytes) {
        try {
            JsonNode document = JsonCodec.parse(bytes);
            if (document.isMissingNode()) {
                throw new GatewayException(ErrorKind.EMPTY_ANSWER, "the upstream's answer was empty");
            }
            if (document instanceof ObjectNode answer) {
                if (Json.present(answer, "error")) {
                    throw target.upstream().errors().inside(answer);
                }
                return answer;
            }
        } catch (MalformedJsonException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer " + e.getMessage(), e);
        }
        throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream's answer is no JSON object");
    }
}
