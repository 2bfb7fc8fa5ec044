package dev.drawbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.FakeUpstream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdministrationTest {
    private final FakeUpstream gateway = new FakeUpstream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        gateway.close();
    }

    private int run(String... line) {
        List<String> words = new ArrayList<>(List.of(line));
        words.addAll(List.of("--url", gateway.url()));
        return Main.run(words, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err));
    }

    @Test
    void keys_are_listed_over_all_pages() {
        gateway.on("/admin/v1/keys", (call, answer) -> {
            boolean first = !call.path().contains("after=");
            answer.whole(
                    200,
                    "application/json",
                    first
                            ? "{\"data\":[{\"id\":\"a\",\"name\":\"one\",\"prefix\":\"sk-db-abcdef\"}],\"next\":\"a\"}"
                            : "{\"data\":[{\"id\":\"b\",\"name\":\"two\",\"blocked\":true}]}");
        });

        assertThat(run("keys", "list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
                .hasSize(2)
                .anyMatch(line -> line.contains("sk-db-abcdef"))
                .anyMatch(line -> line.contains("blocked"));
    }

    @Test
    void a_new_key_is_printed_alone() {
        gateway.on("/admin/v1/keys", 201, "{\"id\":\"a\",\"key\":\"sk-db-secret\"}");

        assertThat(run("keys", "create", "--name", "ci", "--team", "research", "--models", "gpt-*,demo"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("sk-db-secret");
        assertThat(gateway.lastCall().body())
                .isEqualTo("{\"name\":\"ci\",\"team\":\"research\",\"models\":[\"gpt-*\",\"demo\"]}");
    }

    @Test
    void a_key_is_revoked_by_its_id() {
        gateway.on("/admin/v1/keys/a", 204, "");

        assertThat(run("keys", "revoke", "a")).isZero();
        assertThat(gateway.lastCall().method()).isEqualTo("DELETE");
    }

    @Test
    void a_backup_says_where_it_is() {
        gateway.on("/admin/v1/backup", 201, "{\"file\":\"backups/a.zip\",\"bytes\":9}");

        assertThat(run("backup")).isZero();
        assertThat(gateway.lastCall().method()).isEqualTo("POST");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("backups/a.zip", "9 bytes");
    }

    @Test
    void a_broken_audit_is_an_exit_code() {
        gateway.on("/admin/v1/audit/verify", 200, "{\"good\":false,\"entries\":9,\"broken\":4,\"head\":\"ab\"}");
        assertThat(run("audit", "verify")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("broken at change 4");

        gateway.on("/admin/v1/audit/verify", 200, "{\"good\":true,\"entries\":9,\"head\":\"ab\"}");
        assertThat(run("audit", "verify")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("9 changes", "ab");
    }
}
