package dev.drawbridge.routing.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicLong nanos = new AtomicLong();

    private Places places(int slots, int queue, Duration patience) {
        return new Places("lab", new Places.Limits(slots, queue, patience), nanos::get);
    }

    private static CompletableFuture<Places.Place> later(Places places, CallScope scope) throws InterruptedException {
        int before = places.waiting();
        CompletableFuture<Places.Place> place = CompletableFuture.supplyAsync(() -> places.take(scope, true), THREADS);
        while (places.waiting() == before) {
            Thread.sleep(1);
        }
        return place;
    }

    private static GatewayException refused(Places places) {
        return catchThrowableOfType(GatewayException.class, () -> places.take(new CallScope(), true));
    }

    @Test
    void who_comes_first_is_served_first() throws Exception {
        Places places = places(1, 10, LONG);
        Places.Place now = places.take(new CallScope(), true);
        List<CompletableFuture<Places.Place>> queue = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            queue.add(later(places, new CallScope()));
        }

        for (CompletableFuture<Places.Place> next : queue) {
            now.close();
            now.close();
            now = next.get(10, TimeUnit.SECONDS);
            assertThat(places.taken()).isEqualTo(1);
        }
        assertThat(places.waiting()).isZero();
        now.close();
        assertThat(places.taken()).isZero();
    }

    @Test
    void a_full_queue_refuses_at_once_and_says_when_it_is_worth_asking() throws Exception {
        Places places = places(2, 1, LONG);
        Places.Place first = places.take(new CallScope(), true);
        nanos.addAndGet(Duration.ofSeconds(12).toNanos());
        first.close();
        first = places.take(new CallScope(), true);
        Places.Place second = places.take(new CallScope(), true);
        CompletableFuture<Places.Place> waiting = later(places, new CallScope());

        GatewayException refusal = refused(places);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.OVERLOADED);
        assertThat(refusal.message()).isEqualTo("all places at upstream lab are taken");
        // Two turns of 12 s, two at a time.
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(12));
        first.close();
        waiting.get(10, TimeUnit.SECONDS).close();
        second.close();
        assertThat(places.taken()).isZero();
    }

    @Test
    void calls_that_were_never_sent_say_nothing_of_how_long_calls_take() {
        Places places = places(1, 0, LONG);
        Places.Place sent = places.take(new CallScope(), true);
        nanos.addAndGet(Duration.ofSeconds(12).toNanos());
        sent.close();
        for (int i = 0; i < 100; i++) {
            Places.Place given = places.take(new CallScope(), true);
            given.abandon();
            given.abandon();
        }

        places.take(new CallScope(), true);

        assertThat(refused(places).retryAfter()).contains(Duration.ofSeconds(12));
    }

    @Test
    void nobody_waits_longer_than_the_limit() {
        Places places = places(1, 10, Duration.ofMillis(100));
        Places.Place taken = places.take(new CallScope(), true);
        long start = System.nanoTime();

        assertThat(refused(places).retryAfter()).contains(Duration.ofSeconds(1));

        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(90).toNanos());
        assertThat(places.waiting()).isZero();
        taken.close();
        places.take(new CallScope(), true).close();
    }

    @Test
    void without_a_queue_nobody_waits() {
        for (Places places : List.of(places(1, 0, LONG), places(1, 10, Duration.ZERO))) {
            Places.Place taken = places.take(new CallScope(), true);
            assertThat(refused(places).kind()).isEqualTo(ErrorKind.OVERLOADED);
            taken.close();
        }
    }

    @Test
    void whoever_leaves_no_longer_waits() throws Exception {
        Places places = places(1, 10, LONG);
        Places.Place taken = places.take(new CallScope(), true);
        CallScope impatient = new CallScope();
        CompletableFuture<Places.Place> gone = later(places, impatient);
        CompletableFuture<Places.Place> next = later(places, new CallScope());

        impatient.end();

        assertThat(catchThrowableOfType(ExecutionException.class, () -> gone.get(10, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(GatewayException.class)
                .hasMessageContaining("the client closed the connection");
        assertThat(places.waiting()).isEqualTo(1);
        taken.close();
        next.get(10, TimeUnit.SECONDS).close();
        assertThat(places.taken()).isZero();
    }

    @Test
    void more_places_let_those_in_who_wait_and_fewer_are_reached_by_and_by() throws Exception {
        Places places = places(1, 10, LONG);
        Places.Place first = places.take(new CallScope(), true);
        CompletableFuture<Places.Place> second = later(places, new CallScope());
        CompletableFuture<Places.Place> third = later(places, new CallScope());

        places.limit(new Places.Limits(3, 10, LONG));
        second.get(10, TimeUnit.SECONDS);
        third.get(10, TimeUnit.SECONDS);
        assertThat(places.taken()).isEqualTo(3);

        places.limit(new Places.Limits(1, 0, LONG));
        first.close();
        assertThat(refused(places)).isNotNull();
        second.get().close();
        third.get().close();
        places.take(new CallScope(), true).close();
        assertThat(places.taken()).isZero();
    }
}
