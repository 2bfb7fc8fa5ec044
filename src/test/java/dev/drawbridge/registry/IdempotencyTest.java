package dev.drawbridge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Idempotency.Answer;
import dev.drawbridge.registry.Idempotency.Request;
import dev.drawbridge.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent twice happens once. */
class IdempotencyTest {
    private static final Request REQUEST = new Request("anna", "k1", "POST /keys {}");

    private final AtomicInteger count = new AtomicInteger();

    private Answer work() {
        return new Answer(201, "\"1\"", "/keys/x", "{\"key\":\"sk-" + count.incrementAndGet() + "\"}");
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void the_same_request_has_the_same_answer(Engine engine) {
        try (Database database = engine.database(folder)) {
            Idempotency idempotency = new Idempotency(database, Node.SECRET);
            Answer first = idempotency.once(REQUEST, this::work);

            assertThat(idempotency.once(REQUEST, this::work)).isEqualTo(first);
            assertThat(idempotency.once(new Request("ben", "k1", "POST /keys {}"), this::work))
                    .isNotEqualTo(first);
            assertThat(count).hasValue(2);
            assertThat(database.<String, RuntimeException>read(
                            handle -> handle.createQuery("select min(answer) from registry_answer")
                                    .mapTo(String.class)
                                    .one()))
                    .doesNotContain("sk-");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_key_of_another_request_is_refused(Engine engine) {
        try (Database database = engine.database(folder)) {
            Idempotency idempotency = new Idempotency(database, Node.SECRET);
            idempotency.once(REQUEST, this::work);

            assertThatThrownBy(() -> idempotency.once(new Request("anna", "k1", "POST /keys {2}"), this::work))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_being_worked_on_is_not_done_again(Engine engine) {
        try (Database database = engine.database(folder)) {
            Idempotency idempotency = new Idempotency(database, Node.SECRET);

            Answer answer = idempotency.once(REQUEST, () -> {
                assertThatThrownBy(() -> idempotency.once(REQUEST, this::work)).hasMessageContaining("worked on");
                return work();
            });

            assertThat(answer.body()).contains("sk-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_failed_can_be_tried_again_and_what_is_old_is_forgotten(Engine engine) {
        try (Database database = engine.database(folder)) {
            Idempotency idempotency = new Idempotency(database, Node.SECRET);
            assertThatThrownBy(() -> idempotency.once(REQUEST, () -> {
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            idempotency.once(REQUEST, this::work);
            Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));

            new Idempotency(database, Node.SECRET, tomorrow).once(REQUEST, this::work);

            assertThat(count).hasValue(2);
        }
    }
}
