package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An address that guesses keys, and its neighbours. */
class GuessesIT {
    @Test
    void who_guesses_has_to_wait_and_whose_key_is_good_does_not() throws Exception {
        try (GovernedServer gateway = GovernedServer.start("guesses")) {
            String key = gateway.key("{'name':'neighbour'}").path("key").asText();
            List<Http.Reply> guesses = IntStream.range(0, 110)
                    .mapToObj(i -> gateway.ask("sk-db-guess-" + i, "small"))
                    .toList();
            assertThat(guesses.getFirst().status()).isEqualTo(401);
            assertThat(guesses.getLast().status()).isEqualTo(429);
            assertThat(guesses.getLast().header("retry-after")).isEqualTo("60");

            for (String path : List.of("/config", "/models", "/api/tags", "/admin/v1/keys")) {
                Http.Reply guess = Http.send(Http.request(gateway.server().url(path))
                        .header("x-api-key", "sk-db-guess")
                        .GET());
                assertThat(guess.status()).as(path).isEqualTo(429);
                assertThat(guess.header("retry-after")).as(path).isEqualTo("60");
            }

            assertThat(gateway.ask(key, "small").status()).isEqualTo(200);
            assertThat(gateway.admin("GET", "keys", "").status())
                    .as("a good guess")
                    .isEqualTo(429);
        }
    }
}
