package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls of Copilot Chat's Ollama provider, in their order, and how it reads the answers. */
@ExtendWith(ShippedWar.class)
class VsCodeIT {
    private static final List<Integer> LEAST = List.of(0, 6, 4);

    @Test
    void the_version_is_new_enough() {
        List<Integer> version = Arrays.stream(
                        Http.get("/api/version").json().path("version").asText().split("\\.", -1))
                .map(Integer::valueOf)
                .toList();
        assertThat(Arrays.compare(version.toArray(Integer[]::new), LEAST.toArray(Integer[]::new)))
                .isNotNegative();
    }

    @ParameterizedTest
    @EnumSource
    void a_model_is_found_described_and_asked(Behind behind) {
        behind.saysHello();
        String name = listed(behind.model());
        JsonNode shown = post("/api/show", "{'model':'" + name + "'}").json();
        JsonNode facts = shown.path("model_info");
        assertThat(facts.path("general.basename").asText()).isEqualTo(name);
        String architecture = facts.path("general.architecture").asText();
        assertThat(facts.path(architecture + ".context_length").asInt()).isPositive();
        assertThat(shown.path("capabilities")).extracting(JsonNode::asText).contains("tools");

        Http.Reply reply = post(
                World.CHAT,
                "{'model':'" + name + "','stream':true,'stream_options':{'include_usage':true},"
                        + "'messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'function',"
                        + "'function':{'name':'read_file','parameters':{'type':'object','properties':{}}}}]}");
        assertThat(reply.chunks().stream()
                        .map(chunk -> chunk.at("/choices/0/delta/content").asText(""))
                        .collect(Collectors.joining()))
                .isEqualTo("Hello world");
        assertThat(reply.body()).endsWith("data: [DONE]\n\n");
    }

    /** The model's name in the list, where those without a tag have one. */
    private static String listed(String model) {
        for (JsonNode entry : Http.get("/api/tags").json().path("models")) {
            String name = entry.path("model").asText();
            if (name.equals(model) || name.equals(model + ":latest")) {
                return name;
            }
        }
        return World.MODEL;
    }

    private static Http.Reply post(String path, String json) {
        return Http.send(Http.request(path)
                .header("Content-Type", "application/json")
                .header("User-Agent", "GitHubCopilotChat/0.38.0")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }
}
