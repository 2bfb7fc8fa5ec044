package dev.drawbridge.protocol.openai.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.provider.Fixture;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.ProviderContract;
import dev.drawbridge.transport.UpstreamClient;
import java.util.Map;

class OpenAiProviderContractTest extends ProviderContract {

    @Override
    protected ModelProvider provider(UpstreamClient http) {
        return new OpenAiProvider(http);
    }

    @Override
    protected String protocol() {
        return "openai";
    }

    @Override
    protected String path() {
        return "/v1/chat/completions";
    }

    @Override
    protected String upstream(String url, String timeouts) {
        return "{name: lab, kind: openai, base-url: '" + url + "/v1', timeouts: " + timeouts + "}";
    }

    @Override
    protected Wire wire() {
        return new Wire("sse", "text/event-stream; charset=utf-8", "data: %s\n\n");
    }

    @Override
    protected ObjectNode asking(ObjectNode request, Mode mode) {
        if (mode == Mode.STREAM) {
            request.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return request;
    }

    @Override
    protected Map<Fixture, String> lacks() {
        return Map.of();
    }
}
