package dev.drawbridge.it;

import static dev.drawbridge.it.OllamaJavaScript.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ollama's own JavaScript library as a client. */
@ExtendWith(ShippedWar.class)
class OllamaJavaScriptIT {

    @BeforeAll
    static void install() {
        OllamaJavaScript.install();
    }

    @ParameterizedTest
    @EnumSource
    void a_chat_is_answered(Behind behind) {
        behind.saysHello();
        JsonNode whole = call("chat", question(behind, "'messages':[{'role':'user','content':'Hi'}]"));
        assertThat(whole.at("/message/content").asText()).isEqualTo("Hello world");
        JsonNode parts = call("chat", question(behind, "'messages':[{'role':'user','content':'Hi'}],'stream':true"));
        assertThat(text(parts, "/message/content")).isEqualTo("Hello world");
        assertThat(parts.path(parts.size() - 1).path("eval_count").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void a_prompt_is_answered(Behind behind) {
        behind.saysHello();
        assertThat(call("generate", question(behind, "'prompt':'Hi'"))
                        .path("response")
                        .asText())
                .isEqualTo("Hello world");
        JsonNode parts = call("generate", question(behind, "'prompt':'Hi','stream':true"));
        assertThat(text(parts, "/response")).isEqualTo("Hello world");
    }

    @ParameterizedTest
    @EnumSource
    void thoughts_and_tool_calls_are_told(Behind behind) {
        behind.thinksAndCallsTheWeather();
        JsonNode parts = call(
                "chat",
                question(
                        behind,
                        "'messages':[{'role':'user','content':'Weather?'}],'stream':true,'think':true,"
                                + "'tools':[{'type':'function','function':{'name':'weather','parameters':{'type':'object'}}}]"));
        assertThat(text(parts, "/message/thinking")).isEqualTo("hm");
        assertThat(parts.at("/1/message/tool_calls/0/function/arguments/city").asText())
                .isEqualTo("Paris");
    }

    @ParameterizedTest
    @EnumSource
    void texts_become_vectors(Behind behind) {
        behind.embeds();
        assertThat(call("embed", question(behind, "'input':['a','b']")).path("embeddings"))
                .hasSize(2);
        assertThat(call("embeddings", question(behind, "'prompt':'a'")).path("embedding"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "ps"})
    void models_are_listed(String function) {
        assertThat(call(function, "null").path("models").isArray()).isTrue();
    }

    @Test
    void it_learns_the_version_and_a_models_description() {
        assertThat(call("version", "null").path("version").asText()).isNotEmpty();
        assertThat(call("show", "{'model':'llama'}").path("capabilities")).isNotEmpty();
    }

    @Test
    void failures_are_response_errors() {
        JsonNode failed = call("chat", "{'model':'no-such','messages':[]}").path("failed");
        assertThat(failed.path("name").asText()).isEqualTo("ResponseError");
        assertThat(failed.path("message").asText()).isEqualTo("model 'no-such' not found");
        assertThat(failed.path("status").asInt()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_in_a_stream_is_thrown(Behind behind) {
        behind.breaksOff();
        JsonNode failed = call("chat", question(behind, "'messages':[{'role':'user','content':'Hi'}],'stream':true"))
                .path("failed");
        assertThat(failed.path("message").asText()).isNotEmpty().doesNotContain("Did not receive done");
    }

    private static String question(Behind behind, String fields) {
        return "{'model':'" + behind.model() + "'," + fields + "}";
    }

    private static String text(JsonNode parts, String place) {
        return parts.valueStream().map(part -> part.at(place).asText("")).collect(Collectors.joining());
    }
}
