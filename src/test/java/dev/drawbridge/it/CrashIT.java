package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A process that is killed under load loses no record and doubles none. */
class CrashIT {
    private static final int CLIENTS = 16;
    private static final int CALLS_BEFORE_THE_END = 400;

    @Test
    void what_clients_have_got_is_in_the_ledger_once_after_kill_9() throws Exception {
        try (GovernedServer gateway = GovernedServer.start("crash")) {
            JsonNode made = gateway.key("{'name':'busy','budget':{'amount':100,'currency':'EUR','period':'total'}}");
            String key = made.path("key").asText();
            Set<String> answered = ConcurrentHashMap.newKeySet();
            AtomicInteger asked = new AtomicInteger();
            try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.execute(() -> askUntilTheEnd(gateway, key, asked, answered));
                }
                while (answered.size() < CALLS_BEFORE_THE_END) {
                    Thread.sleep(5);
                }
                gateway.server().kill();
            }
            gateway.restart();

            List<String> recorded = requests(gateway);
            assertThat(recorded).doesNotHaveDuplicates();
            assertThat(new HashSet<>(recorded)).containsAll(answered);
            // Besides them only calls whose answers were on their way.
            assertThat(recorded.size()).isBetween(answered.size(), answered.size() + CLIENTS);
            assertThat(asked.get()).isGreaterThanOrEqualTo(recorded.size());
            // The key and what it has spent are known again.
            assertThat(gateway.ask(key, "small").status()).isEqualTo(200);
        }
    }

    private static void askUntilTheEnd(GovernedServer gateway, String key, AtomicInteger asked, Set<String> answered) {
        try {
            while (true) {
                asked.incrementAndGet();
                Http.Reply reply = gateway.ask(key, "small");
                assertThat(reply.status()).isEqualTo(200);
                answered.add(reply.header("x-request-id"));
            }
        } catch (UncheckedIOException e) {
            // The server is gone.
        }
    }

    /** Names of all requests in the ledger. */
    private static List<String> requests(GovernedServer gateway) {
        List<String> requests = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = gateway.read("ledger?limit=1000&after=" + after);
            page.path("data")
                    .forEach(record -> requests.add(record.path("request").asText()));
            after = page.path("next").asText("");
        } while (!after.isEmpty());
        return requests;
    }
}
