package dev.drawbridge.usage.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Postgres;
import dev.drawbridge.usage.Records;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real database that goes away and comes back. */
class OutageTest {
    @TempDir
    private Path dir;

    @Test
    void no_record_fails_while_the_database_is_away_and_all_are_there_afterwards() throws InterruptedException {
        try (Postgres postgres = Postgres.started()) {
            String url = postgres.url(postgres.newDatabase());
            try (LedgerLab lab = new LedgerLab(dir, Map.of("drawbridge.database.url", url))) {
                lab.add(Records.record("before"));
                postgres.stop();
                for (int i = 0; i < 5000; i++) {
                    lab.ledger.append(Records.record("meanwhile-" + i));
                }
                assertThat(lab.ledger.flush()).isFalse();
                assertThat(lab.ledger.state().reachable()).isFalse();
                assertThat(lab.ledger.state().writable()).isTrue();
                assertThat(lab.ledger.state().level()).isFalse();

                postgres.start();
                lab.level();

                assertThat(lab.ledger.state().level()).isTrue();
                assertThat(lab.ids()).hasSize(5001).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void a_database_that_is_put_back_under_a_running_gateway_gets_again_what_came_since() throws Exception {
        Postgres postgres = Postgres.server();
        String name = postgres.newDatabase();
        String dump = "/tmp/" + name + "-" + ProcessHandle.current().pid() + ".ledger.dump";
        try (LedgerLab lab = new LedgerLab(dir, Map.of("drawbridge.database.url", postgres.url(name)))) {
            lab.add(Records.record("1"));
            postgres.run("pg_dump", name, "--format=custom", "--file=" + dump);
            lab.add(Records.record("2"), Records.record("3"));
            postgres.run("pg_restore", name, "--clean", dump);
            lab.ledger.append(Records.record("4"));
            lab.level();

            assertThat(lab.ids()).containsExactly("1", "2", "3", "4");
        }
    }

    @Test
    void a_database_that_is_away_at_the_start_gets_everything_later() throws InterruptedException {
        try (Postgres postgres = Postgres.started()) {
            String url = postgres.url(postgres.newDatabase());
            postgres.stop();
            try (LedgerLab lab = new LedgerLab(dir, Map.of("drawbridge.database.url", url))) {
                lab.ledger.append(Records.record("1"));
                postgres.start();
                lab.level();

                assertThat(lab.ids()).containsExactly("1");
            }
        }
    }
}
