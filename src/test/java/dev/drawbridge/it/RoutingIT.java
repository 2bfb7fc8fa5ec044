package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that choose their upstream, and what they are told of it. */
@ExtendWith(ShippedWar.class)
class RoutingIT {
    private static final String PIN = "x-drawbridge-upstream";
    private static final String EXCLUDE = "x-drawbridge-exclude";
    private static final String OLLAMA_CHAT = "/api/chat";

    @ParameterizedTest
    @ValueSource(strings = {World.CHAT, OLLAMA_CHAT})
    void a_caller_pins_an_upstream(String path) {
        World.SPARE.on(World.CHAT, 200, Said.reply("From the spare"));
        Http.Reply reply = ask(path, "careful", PIN, "spare");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header(PIN)).isEqualTo("spare");
        assertThat(reply.header("x-drawbridge-attempts")).isEqualTo("1");
        assertThat(World.LAB.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {World.CHAT, OLLAMA_CHAT})
    void a_caller_excludes_an_upstream(String path) {
        World.SPARE.on(World.CHAT, 503, Said.error("busy", "any"));
        Http.Reply reply = ask(path, "careful", EXCLUDE, "lab");

        // Nor is it asked when the other one fails.
        assertThat(reply.status()).isEqualTo(503);
        assertThat(World.SPARE.calls()).hasSize(1);
        assertThat(World.LAB.calls()).isEmpty();
    }

    @Test
    void whom_the_model_does_not_have_cannot_be_pinned() {
        String message = "header x-drawbridge-upstream: leaves no upstream; \"careful\" has lab, spare";
        Http.Reply reply = ask(World.CHAT, "careful", PIN, "ollama");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("message").asText()).isEqualTo(message);
        assertThat(reply.error().path("param").asText()).isEqualTo(PIN);
        assertThat(ask(OLLAMA_CHAT, "careful", PIN, "ollama")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {World.CHAT, OLLAMA_CHAT})
    void nobody_chooses_where_the_policy_forbids_it(String path) {
        assertThat(ask(path, "bound", PIN, "lab").status()).isEqualTo(403);
        assertThat(ask(path, "bound", EXCLUDE, "lab").status()).isEqualTo(403);
        assertThat(World.LAB.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {World.CHAT, OLLAMA_CHAT})
    void a_header_chooses_the_canary(String path) {
        World.LAB.on(World.CHAT, 200, Said.reply("From the lab"));
        World.SPARE.on(World.CHAT, 200, Said.reply("From the spare"));

        assertThat(ask(path, "bound", "X-Track", "canary").header(PIN)).isEqualTo("spare");
        assertThat(ask(path, "bound", "X-Track", "stable").header(PIN)).isEqualTo("lab");
    }

    @ParameterizedTest
    @ValueSource(strings = {World.CHAT, OLLAMA_CHAT})
    void the_answer_names_the_model_where_it_is_not_the_one_that_was_asked(String path) {
        World.LAB.on(World.CHAT, 200, Said.reply("From the lab"));

        assertThat(ask(path, "rescued", "x-any", "y").header("x-drawbridge-model"))
                .isEqualTo(World.MODEL);
        assertThat(ask(path, World.ALIAS, "x-any", "y").header("x-drawbridge-model"))
                .isEqualTo(World.MODEL);
        assertThat(ask(path, World.MODEL, "x-any", "y").headers().firstValue("x-drawbridge-model"))
                .isEmpty();
    }

    private static Http.Reply ask(String path, String model, String header, String value) {
        String json = "{'model':'" + model + "','stream':false,'messages':[{'role':'user','content':'Hi'}]}";
        return Http.send(Http.request(path)
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }
}
