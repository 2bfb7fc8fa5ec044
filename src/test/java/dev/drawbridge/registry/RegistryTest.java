package dev.drawbridge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents, on each database. */
class RegistryTest {
    record Thing(String name, Optional<String> colour, List<String> parts) {
        Thing(String name) {
            this(name, Optional.empty(), List.of());
        }
    }

    private static final Kind<Thing> THING = new Kind<>("thing", Thing.class);
    private static final Actor ANNA = new Actor("anna", "10.0.0.1");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void an_entry_is_created_changed_and_deleted(Engine engine) {
        try (Node node = new Node(engine.settings(folder), folder)) {
            Registry registry = node.registry;

            Entry<Thing> first = registry.create(THING, "a", new Thing("one"), ANNA);
            assertThat(first.version()).isEqualTo(1);
            assertThat(registry.find(THING, "a")).contains(first);

            Entry<Thing> second = registry.replace(
                    THING, new Entry<>("a", 1, new Thing("two"), first.created(), first.changed()), ANNA);
            assertThat(second.version()).isEqualTo(2);
            assertThat(second.created()).isEqualTo(first.created());
            assertThat(registry.all(THING)).containsExactly(second);

            registry.delete(THING, second, ANNA);
            assertThat(registry.find(THING, "a")).isEmpty();
            assertThat(registry.count(THING)).isZero();

            assertThat(registry.create(THING, "a", new Thing("three"), ANNA).version())
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_too_late_changes_nothing(Engine engine) {
        try (Node node = new Node(engine.settings(folder), folder)) {
            Registry registry = node.registry;
            Entry<Thing> old = registry.create(THING, "a", new Thing("one"), ANNA);
            Entry<Thing> now = registry.replace(THING, old, ANNA);

            assertThatThrownBy(() -> registry.create(THING, "a", new Thing("x"), ANNA))
                    .satisfies(failure -> assertThat(kind(failure)).isEqualTo(ErrorKind.CONFLICT));
            assertKind(() -> registry.replace(THING, old, ANNA), ErrorKind.PRECONDITION_FAILED);
            assertKind(() -> registry.delete(THING, old, ANNA), ErrorKind.PRECONDITION_FAILED);
            registry.delete(THING, now, ANNA);
            assertKind(() -> registry.delete(THING, now, ANNA), ErrorKind.NOT_FOUND);
            assertThat(node.audit.verify().entries()).isEqualTo(3);
        }
    }

    private static void assertKind(ThrowingCallable work, ErrorKind kind) {
        assertThatThrownBy(work).satisfies(failure -> assertThat(kind(failure)).isEqualTo(kind));
    }

    private static ErrorKind kind(Throwable failure) {
        return ((GatewayException) failure).kind();
    }

    @ParameterizedTest
    @EnumSource
    void changes_of_one_transaction_come_true_together_or_not_at_all(Engine engine) {
        try (Node node = new Node(engine.settings(folder), folder)) {
            Registry registry = node.registry;
            registry.create(THING, "b", new Thing("there"), ANNA);

            assertKind(
                    () -> registry.change(ANNA, edit -> {
                        edit.create(THING, "a", new Thing("new"));
                        return edit.create(THING, "b", new Thing("again"));
                    }),
                    ErrorKind.CONFLICT);
            assertThat(registry.find(THING, "a")).isEmpty();

            registry.change(ANNA, edit -> {
                edit.create(THING, "a", new Thing("new"));
                assertThat(edit.find(THING, "a")).isPresent();
                return edit.create(THING, "c", new Thing("new"));
            });
            assertThat(registry.all(THING).stream().map(Entry::id)).containsExactly("a", "b", "c");
            assertThat(registry.after(THING, "a").map(Entry::id)).containsExactly("b", "c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_hears_of_what_is_there_and_of_all_that_follows(Engine engine) {
        try (Node node = new Node(engine.settings(folder), folder)) {
            Registry registry = node.registry;
            List<String> heard = new ArrayList<>();
            Entry<Thing> first = registry.create(THING, "a", new Thing("one"), ANNA);

            registry.listen(
                    THING,
                    change -> heard.add(change.id()
                            + change.before()
                                    .map(entry -> " " + entry.version())
                                    .orElse(" -")
                            + change.after().map(entry -> " " + entry.version()).orElse(" -")));
            Entry<Thing> second = registry.replace(THING, first, ANNA);
            registry.delete(THING, second, ANNA);

            assertThat(heard).containsExactly("a - 1", "a 1 2", "a 2 -");
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_node_knows_within_a_second(Engine engine) {
        Map<String, String> settings = engine.settings(folder);
        try (Node here = new Node(settings, folder);
                Node there = new Node(settings, folder.resolve("there"))) {
            ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
            there.registry.listen(THING, change -> heard.add(change.id()));

            Entry<Thing> entry = here.registry.create(THING, "a", new Thing("one"), ANNA);
            assertWithinASecond(() -> there.registry.find(THING, "a").isPresent());
            there.registry.delete(THING, entry, ANNA);
            assertThat(there.registry.find(THING, "a")).isEmpty();
            assertWithinASecond(() -> here.registry.find(THING, "a").isEmpty());
            assertThat(heard).containsExactly("a", "a");
        }
    }

    private static void assertWithinASecond(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nodes_that_change_at_the_same_time_lose_nothing(Engine engine) throws InterruptedException {
        Map<String, String> settings = engine.settings(folder);
        try (Node here = new Node(settings, folder);
                Node there = new Node(settings, folder.resolve("there"))) {
            List<Thread> writers = new ArrayList<>();
            for (Node node : List.of(here, there, here, there)) {
                int number = writers.size();
                writers.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 50; i++) {
                        node.registry.create(THING, number + "-" + i, new Thing("x"), ANNA);
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }

            assertWithinASecond(() -> here.registry.count(THING) == 200 && there.registry.count(THING) == 200);
            assertThat(here.audit.verify()).matches(Audit.Verification::good).matches(done -> done.entries() == 200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void all_is_there_after_a_restart(Engine engine) {
        Map<String, String> settings = engine.settings(folder);
        Thing thing = new Thing("Größe \t\n \u0000 😀", Optional.of("red"), List.of("x", "y"));
        try (Node node = new Node(settings, folder)) {
            node.registry.create(THING, "a", thing, ANNA);
        }
        try (Node node = new Node(settings, folder)) {
            assertThat(node.registry.find(THING, "a").map(Entry::value)).contains(thing);
        }
    }
}
