package dev.drawbridge.governance.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.Secret;
import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Project;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.AuditEntry;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.json.Documents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
    private static final Actor ANNA = new Actor("anna", "10.0.0.1");
    private static final String HOME = "127.0.0.1";

    @TempDir
    Path folder;

    private Map<String, String> settings;
    private Node node;

    @BeforeEach
    void start() {
        settings = Engine.H2.settings(folder);
        node = new Node(settings, folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static ApiKey wanted(String json) {
        return Documents.read(
                json.replace('\'', '"')
                        .replaceFirst("}$", ",\"secret\":{\"prefix\":\"\",\"hash\":\"\"}}")
                        .getBytes(StandardCharsets.UTF_8),
                ApiKey.class);
    }

    private KeyIssuer.Issued issue(String json) {
        return node.issuer.issue(wanted(json), ANNA);
    }

    private Optional<Caller> caller(Secret key) {
        return node.keys.caller(key.reveal(), HOME);
    }

    private static void assertRefused(ThrowingCallable work, ErrorKind kind, String words) {
        assertThatThrownBy(work).isInstanceOfSatisfying(GatewayException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.message()).contains(words);
        });
    }

    @Test
    void a_new_key_is_good_at_once_and_its_team_and_project_are_there() {
        assertThat(node.keys.expected()).isFalse();
        KeyIssuer.Issued issued = issue("{'name':'ci','team':'Research & Co','project':'chat','role':'team-lead'}");

        assertThat(issued.key().reveal()).matches("sk-db-[0-9A-Za-z]{43}");
        assertThat(issued.entry().value().secret().prefix())
                .isEqualTo(issued.key().reveal().substring(0, 12));
        assertThat(node.keys.expected()).isTrue();
        String team = issued.entry().value().team();
        assertThat(team).matches("research-co-[0-9a-f]{12}");
        assertThat(node.registry
                        .find(Kinds.TEAM, team)
                        .map(entry -> entry.value().name()))
                .contains("Research & Co");
        assertThat(node.registry
                        .find(Kinds.PROJECT, "chat")
                        .map(entry -> entry.value().team()))
                .contains(team);
        Caller caller = caller(issued.key()).orElseThrow();
        assertThat(caller.account()).isEqualTo(new Account(issued.entry().id(), "", "chat", team));
        assertThat(caller.roles()).isEqualTo(Set.of(Role.TEAM_LEAD));
        assertThat(caller.teams()).isEqualTo(Set.of(team));
    }

    @Test
    void what_is_no_key_is_nobody() {
        String key = issue("{'name':'ci'}").key().reveal();

        assertThat(node.keys.caller(key.substring(0, 48) + (key.endsWith("a") ? "b" : "a"), HOME))
                .isEmpty();
        assertThat(node.keys.caller("sk-db-", HOME)).isEmpty();
        assertThat(caller(KeyText.random())).isEmpty();
    }

    @Test
    void nothing_of_the_key_is_kept_but_its_beginning() {
        KeyIssuer.Issued issued = issue("{'name':'ci'}");
        String rest = issued.key().reveal().substring(12);

        String all = node.database.<String, RuntimeException>read(
                handle -> handle.createQuery("select body from registry_entry")
                        .mapTo(String.class)
                        .one());
        assertThat(all)
                .doesNotContain(rest)
                .contains(issued.entry().value().secret().hash());
        assertThat(node.audit.page(dev.drawbridge.registry.Audit.Filter.ALL, 100, 1))
                .extracting(AuditEntry::note)
                .allSatisfy(note -> assertThat(note.after())
                        .doesNotContain(issued.entry().value().secret().hash()));
        assertThat(issued.toString()).doesNotContain(issued.key().reveal());
    }

    @Test
    void a_deleted_key_is_refused_here_at_once_and_elsewhere_within_a_second() {
        KeyIssuer.Issued issued = issue("{'name':'ci'}");
        try (Node there = new Node(settings, folder.resolve("there"))) {
            assertThat(there.keys.caller(issued.key().reveal(), HOME)).isPresent();

            long start = System.nanoTime();
            node.registry.delete(Kinds.KEY, issued.entry(), ANNA);

            assertThat(caller(issued.key())).isEmpty();
            while (there.keys.caller(issued.key().reveal(), HOME).isPresent()) {
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void a_rotated_key_keeps_its_id_and_for_a_while_its_old_secret() {
        KeyIssuer.Issued first = issue("{'name':'ci'}");
        KeyIssuer.Issued second = node.issuer.rotate(first.entry(), Duration.ofHours(1), ANNA);

        assertThat(second.entry().id()).isEqualTo(first.entry().id());
        assertThat(caller(first.key())).isEqualTo(caller(second.key())).isPresent();
        ApiKeys later = new ApiKeys(
                node.registry,
                node.directory,
                new KeyHash(Node.SECRET),
                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(61)));
        assertThat(later.caller(second.key().reveal(), HOME)).isPresent();
        assertRefused(() -> later.caller(first.key().reveal(), HOME), ErrorKind.UNAUTHENTICATED, "expired");

        KeyIssuer.Issued third = node.issuer.rotate(second.entry(), Duration.ZERO, ANNA);
        assertThat(caller(first.key())).isEmpty();
        assertThat(caller(second.key())).isEmpty();
        assertThat(caller(third.key())).isPresent();
        assertThatThrownBy(() -> node.issuer.rotate(first.entry(), Duration.ZERO, ANNA))
                .hasMessageContaining("version 3");
    }

    @Test
    void changed_rules_leave_the_secret() {
        KeyIssuer.Issued issued = issue("{'name':'ci','models':['gpt-*']}");
        Entry<ApiKey> entry = issued.entry();
        ApiKey renamed = wanted("{'name':'cd'}");

        Entry<ApiKey> changed =
                node.issuer.replace(new Entry<>(entry.id(), 1, renamed, entry.created(), entry.changed()), ANNA);

        assertThat(changed.value().models()).isEmpty();
        assertThat(caller(issued.key()).map(Caller::name)).contains("cd");
    }

    @Test
    void addresses_expiry_and_blocks_are_minded() {
        KeyIssuer.Issued inside = issue("{'name':'ci','addresses':['10.0.0.0/8','2001:db8::/32']}");
        assertThat(node.keys.caller(inside.key().reveal(), "10.20.30.40")).isPresent();
        assertThat(node.keys.caller(inside.key().reveal(), "[2001:db8::1]")).isPresent();
        assertRefused(() -> caller(inside.key()), ErrorKind.FORBIDDEN, "address");

        KeyIssuer.Issued blocked = issue("{'name':'ci','team':'a','blocked':true}");
        assertRefused(() -> caller(blocked.key()), ErrorKind.FORBIDDEN, "key is blocked");

        assertRefused(() -> issue("{'name':'x','expires':'2020-01-01T00:00:00Z'}"), ErrorKind.INVALID_REQUEST, "past");
        assertRefused(() -> issue("{'name':'x','addresses':['host.example']}"), ErrorKind.INVALID_REQUEST, "range");
        assertRefused(() -> issue("{'name':' '}"), ErrorKind.INVALID_REQUEST, "name");
        assertRefused(() -> issue("{'name':'x','user':'nobody'}"), ErrorKind.INVALID_REQUEST, "user");
        node.registry.create(Kinds.PROJECT, "p", new Project("p", "b"), ANNA);
        assertRefused(() -> issue("{'name':'x','team':'a','project':'p'}"), ErrorKind.INVALID_REQUEST, "another team");
        assertThat(caller(issue("{'name':'x','project':'p'}").key())
                        .map(one -> one.account().team()))
                .contains("b");
    }
}
