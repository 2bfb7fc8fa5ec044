package dev.drawbridge.usage.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.money.LedgerConfig.Sync;
import dev.drawbridge.fakes.Engine;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Money;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.Records;
import dev.drawbridge.usage.journal.Folder;
import dev.drawbridge.usage.journal.Journal;
import dev.drawbridge.usage.journal.RecordLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** From the journal to each database, where something has gone wrong. */
@ParameterizedClass
@EnumSource
class MoverTest {
    private final Engine engine;

    @TempDir
    private Path dir;

    private LedgerLab lab;

    MoverTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        lab = new LedgerLab(dir, engine.settings(dir));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_folder_that_was_taken_over_is_good_for_the_next_process() throws IOException {
        leave("1");
        adopt();
        leave("2");
        adopt();

        assertThat(lab.ids()).containsExactly("1", "2");
    }

    @Test
    void a_folder_that_is_put_back_as_it_was_is_good_for_the_next_process() throws IOException {
        leave("1");
        leave("2");
        leave("3");
        adopt();
        try (Folder folder = Folder.first(parent())) {
            for (long segment : folder.segments().subList(1, 3)) {
                folder.delete(segment);
            }
        }
        leave("4");
        adopt();

        assertThat(lab.ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void a_database_that_takes_nothing_for_a_while_gets_everything_later() throws InterruptedException {
        lab.database.write(handle -> handle.execute("alter table ledger_label rename to elsewhere"));
        lab.ledger.append(Records.record("1"));
        assertThat(lab.ledger.flush()).isFalse();
        // Longer than whoever loses patience.
        Thread.sleep(4000);
        assertThat(lab.ledger.state().reachable()).isFalse();
        assertThatThrownBy(lab.ledger::awaitAll)
                .isInstanceOfSatisfying(
                        GatewayException.class, late -> assertThat(late.kind()).isEqualTo(ErrorKind.NO_CAPACITY));
        lab.database.write(handle -> handle.execute("alter table elsewhere rename to ledger_label"));

        lab.level();
        assertThat(lab.ids()).containsExactly("1");
        assertThat(rejected()).doesNotExist();
    }

    @Test
    void a_record_that_the_database_never_takes_is_set_aside_alone() {
        CallRecord odd = withCurrency(Records.record("odd"), "POUNDS");
        lab.add(Records.record("1"), odd, Records.record("2"));

        assertThat(lab.ids()).containsExactly("1", "2");
        assertThat(rejected()).content().contains("\"odd\"").hasLineCount(1);
    }

    @Test
    void a_database_that_has_gone_back_says_so() throws IOException {
        try (Folder folder = Folder.first(parent());
                Journal journal = new Journal(folder, () -> Sync.GROUPED)) {
            Mover mover = new Mover(folder, new LedgerTable(lab.database));
            journal.append(RecordLine.of(Records.record("1")));
            assertThat(mover.move(journal.end())).isTrue();
            assertThat(mover.hasReached(journal.end())).isTrue();

            lab.database.write(
                    handle -> handle.execute("delete from ledger") + handle.execute("delete from ledger_journal"));
            journal.append(RecordLine.of(Records.record("2")));
            assertThatThrownBy(() -> mover.move(journal.end())).isInstanceOf(StoreException.class);
            assertThat(mover.move(journal.end())).isTrue();
            assertThat(lab.ids()).containsExactly("1", "2");

            // Without a new record, too.
            lab.database.write(
                    handle -> handle.execute("delete from ledger") + handle.execute("delete from ledger_journal"));
            mover.look();
            assertThat(mover.hasReached(journal.end())).isFalse();
            assertThat(mover.move(journal.end())).isTrue();
            assertThat(lab.ids()).containsExactly("1", "2");
        }
    }

    @Test
    void small_files_stay_as_long_as_they_are_not_many_bytes() throws IOException {
        for (int i = 0; i < 20; i++) {
            leave("r" + i);
        }
        adopt();

        try (Folder folder = Folder.first(parent())) {
            assertThat(folder.segments()).hasSize(20);
        }
    }

    @Test
    void what_has_moved_stays_to_so_many_bytes() throws IOException {
        leave("first");
        try (Folder folder = Folder.first(parent())) {
            long last = folder.segments().getLast();
            try (RandomAccessFile file = new RandomAccessFile(
                    parent().resolve("1/%012d.journal".formatted(last + 1)).toFile(), "rw")) {
                file.setLength(Mover.KEPT_BYTES);
            }
        }
        leave("last");
        adopt();

        try (Folder folder = Folder.first(parent())) {
            assertThat(folder.segments()).hasSize(2);
        }
        assertThat(lab.ids()).containsExactly("first", "last");
    }

    @Test
    void nothing_to_move_is_all_moved() {
        assertThat(lab.ledger.flush()).isTrue();
        assertThat(lab.ledger.state().level()).isTrue();
    }

    private static CallRecord withCurrency(CallRecord call, String currency) {
        CallRecord.Cost cost = new CallRecord.Cost(Optional.of(new Money(BigDecimal.ONE, currency)), "");
        return new CallRecord(
                call.id(),
                call.request(),
                call.time(),
                call.who(),
                call.operation(),
                call.model(),
                call.outcome(),
                call.times(),
                call.usage(),
                cost,
                call.labels());
    }

    private Path rejected() {
        return parent().resolve("0/rejected.log");
    }

    /** As a process that ends before its records are in the database; the lab's has another folder. */
    private void leave(String id) throws IOException {
        try (Folder folder = Folder.first(parent());
                Journal journal = new Journal(folder, () -> Sync.GROUPED)) {
            journal.append(RecordLine.of(Records.record(id)));
        }
    }

    private void adopt() throws IOException {
        List<Folder> left = Folder.abandoned(parent());
        for (Folder folder : left) {
            try (folder) {
                new Mover(folder, new LedgerTable(lab.database)).finish();
            }
        }
    }

    private Path parent() {
        return dir.resolve("ledger");
    }
}
