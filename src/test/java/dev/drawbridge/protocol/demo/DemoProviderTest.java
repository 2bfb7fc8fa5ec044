package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.provider.DiscoveredModel;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoProviderTest {

    @Test
    void it_has_a_model_that_talks_and_one_that_embeds() {
        DemoProvider provider = new DemoProvider();
        assertThat(provider.protocol()).isEqualTo("demo");
        assertThat(provider.models(Demo.target().upstream()))
                .extracting(DiscoveredModel::id)
                .containsExactly("demo", "demo-embedding");
        assertThat(provider.models(Demo.target().upstream()).get(0).context()).isEqualTo(OptionalLong.of(32768));
        assertThat(provider.models(Demo.target().upstream()).get(0).capabilities())
                .containsExactly("chat", "tools", "json-mode", "json-schema", "vision", "completion");
        assertThat(provider.models(Demo.target().upstream()).get(1).capabilities())
                .containsExactly("embeddings");
    }

    @Test
    void each_model_does_only_its_own_work() {
        GatewayException chat = failure(Demo.user("Hi", "").forModel("demo-embedding"));
        assertThat(chat.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(chat.param()).contains("model");
        assertThat(chat).hasMessageContaining("demo-embedding");
        GatewayException embedding = failure(Demo.embedding("'Hi'", "").forModel("demo"));
        assertThat(embedding.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(embedding.param()).contains("model");
        assertThat(failure(Demo.user("Hi", "").forModel("gpt-x")).kind()).isEqualTo(ErrorKind.UPSTREAM_MODEL_NOT_FOUND);
    }

    @Test
    void embeddings_are_not_streamed() {
        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> Demo.chunks(Demo.embedding("'Hi'", "")));
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.param()).contains("stream");
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID_REQUEST",
        "404,UPSTREAM_MODEL_NOT_FOUND",
        "429,RATE_LIMITED",
        "500,UPSTREAM_ERROR",
        "503,OVERLOADED",
        "504,TIMEOUT"
    })
    void it_fails_when_asked_to(String status, ErrorKind kind) {
        GatewayException failure = failure(Demo.user("!error " + status, ""));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("demo").hasMessageContaining(status);
        assertThat(failure(Demo.completion("'!error " + status + "'", "")).kind())
                .isEqualTo(kind);
        GatewayException streamed = catchThrowableOfType(
                GatewayException.class,
                () -> Demo.provider(Duration.ZERO).stream(
                        Demo.target(), Demo.user("!error " + status, ""), new CallScope()));
        assertThat(streamed.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"What does !error 429 do?", "!error 200", "!error 4290", "!error"})
    void it_fails_for_nothing_less(String text) {
        assertThat(Demo.content(Demo.user(text, ""))).contains(text);
    }

    @Test
    void a_failure_of_an_earlier_turn_does_not_come_again() {
        String messages = "[{'role':'user','content':'!error 429'},{'role':'user','content':'And now?'}]";
        assertThat(Demo.content(Demo.chat(messages, ""))).contains("And now?");
    }

    private static GatewayException failure(ModelRequest request) {
        return catchThrowableOfType(GatewayException.class, () -> Demo.answer(request));
    }
}
