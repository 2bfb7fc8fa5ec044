package dev.drawbridge.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was changed stays known, and nobody can change that unnoticed. */
class AuditTest {
    record Door(String name, String code) {}

    private static final Kind<Door> DOOR = new Kind<>("door", Door.class, Set.of("code"));
    private static final Actor ANNA = new Actor("anna", "10.0.0.1");
    private static final Actor BEN = new Actor("ben", "10.0.0.2");

    @TempDir
    Path folder;

    private Node node(Engine engine) {
        Node node = new Node(engine.settings(folder), folder);
        Entry<Door> front = node.registry.create(DOOR, "front", new Door("Front", "1234"), ANNA);
        node.registry.replace(
                DOOR, new Entry<>("front", 1, new Door("Main", "9876"), front.created(), front.changed()), BEN);
        node.registry.change(BEN, edit -> {
            edit.note(new Edit.Note("reload", "configuration", "drawbridge.yaml", "", ""));
            return edit.create(DOOR, "back", new Door("Back", "5555"));
        });
        return node;
    }

    @ParameterizedTest
    @EnumSource
    void it_tells_who_did_what_and_no_secret(Engine engine) {
        try (Node node = node(engine)) {
            List<AuditEntry> newest = node.audit.page(Audit.Filter.ALL, Long.MAX_VALUE, 10);

            assertThat(newest).extracting(AuditEntry::seq).containsExactly(4L, 3L, 2L, 1L);
            AuditEntry replaced = newest.get(2);
            assertThat(replaced.actor()).isEqualTo(BEN);
            assertThat(replaced.note())
                    .isEqualTo(new Edit.Note(
                            "replace",
                            "door",
                            "front",
                            "{\"name\":\"Front\",\"code\":\"***\"}",
                            "{\"name\":\"Main\",\"code\":\"***\"}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_is_read_in_pages_and_by_what_is_asked_for(Engine engine) {
        try (Node node = node(engine)) {
            Audit.Filter bens = new Audit.Filter(
                    Optional.of("ben"), Optional.of("door"), Optional.empty(), Optional.empty(), Optional.empty());

            assertThat(node.audit.page(bens, Long.MAX_VALUE, 1))
                    .extracting(AuditEntry::seq)
                    .containsExactly(4L);
            assertThat(node.audit.page(bens, 4, 5)).extracting(AuditEntry::seq).containsExactly(2L);
            List<Long> exported = new ArrayList<>();
            node.audit.export(bens, entry -> exported.add(entry.seq()));
            assertThat(exported).containsExactly(2L, 4L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_verifies_as_it_was_written(Engine engine) {
        try (Node node = node(engine)) {
            Audit.Verification done = node.audit.verify();

            assertThat(done.good()).isTrue();
            assertThat(done.entries()).isEqualTo(4);
            assertThat(done.head()).matches("[0-9a-f]{64}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_tampered_with_is_found(Engine engine) {
        assertBroken(engine, "update registry_audit set actor = 'nobody' where seq = 2", 2);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_taken_out_is_found(Engine engine) {
        assertBroken(engine, "delete from registry_audit where seq = 3", 4);
    }

    @ParameterizedTest
    @EnumSource
    void an_end_that_was_cut_off_is_found(Engine engine) {
        assertBroken(engine, "delete from registry_audit where seq = 4", 4);
    }

    private void assertBroken(Engine engine, String sql, long seq) {
        try (Node node = node(engine)) {
            node.database.write(handle -> handle.execute(sql));

            assertThat(node.audit.verify().broken()).hasValue(seq);
        }
    }
}
