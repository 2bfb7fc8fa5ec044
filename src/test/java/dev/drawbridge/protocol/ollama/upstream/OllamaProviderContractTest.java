package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.provider.Ability;
import dev.drawbridge.provider.Fixture;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.ProviderContract;
import dev.drawbridge.provider.Refusal;
import dev.drawbridge.transport.UpstreamClient;
import java.util.Map;

class OllamaProviderContractTest extends ProviderContract {

    @Override
    protected ModelProvider provider(UpstreamClient http) {
        return new OllamaProvider(http);
    }

    @Override
    protected String protocol() {
        return "ollama";
    }

    @Override
    protected String path() {
        return "/api/chat";
    }

    @Override
    protected String upstream(String url, String timeouts) {
        return "{name: lab, kind: ollama, base-url: '" + url + "', timeouts: " + timeouts + "}";
    }

    @Override
    protected Wire wire() {
        return new Wire("ndjson", "application/x-ndjson", "%s\n");
    }

    /** Ollama streams unless it is told not to. */
    @Override
    protected ObjectNode asking(ObjectNode request, Mode mode) {
        return request.put("stream", mode == Mode.STREAM);
    }

    @Override
    protected Map<Fixture, String> lacks() {
        return Map.ofEntries(
                Map.entry(Ability.CONTENT_FILTER, "it does not filter; its reasons are stop, length, load and unload"),
                Map.entry(Ability.USAGE_IN_EVERY_CHUNK, "its figures are on the last line only"),
                Map.entry(Ability.END_WITHOUT_DONE, "the line that says done is the one with the reason"),
                Map.entry(Ability.EMPTY_FIRST_CHUNK, "a habit of Azure's"),
                Map.entry(Ability.LATE_FILTER_RESULTS, "a habit of Azure's"),
                Map.entry(Ability.THINKING_PIECES, "thoughts have a field of their own"),
                Map.entry(Refusal.FILTERED_PROMPT, "it does not filter"),
                Map.entry(Refusal.UNPROCESSABLE, "a wrong field is a 400"),
                Map.entry(Refusal.ARRAY_ERROR, "an error is a text in an object"));
    }
}
