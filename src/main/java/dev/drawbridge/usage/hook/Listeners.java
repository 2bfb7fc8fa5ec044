package dev.drawbridge.usage.hook;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.config.governance.ListenerConfig;
import dev.drawbridge.governance.budget.BudgetNotice;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.hook.Notes.Note;
import dev.drawbridge.webhook.Webhooks;
import dev.drawbridge.webhook.Webhooks.Address;
import dev.drawbridge.webhook.Webhooks.Delivery;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of calls and budgets. It never blocks whoever tells it. Thread-safe. */
@Singleton
public class Listeners {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final Supplier<List<ListenerConfig>> config;
    private final Webhooks webhooks;
    private final Outbox<CallRecord> events;
    private final Predicate<CallRecord> observed;
    private volatile @Nullable Boolean isObserved;
    private final AtomicLong undelivered = new AtomicLong();
    private volatile Map<ListenerConfig, Outbox<Note>> outboxes = Map.of();

    @Inject
    Listeners(LiveConfig config, Webhooks webhooks, Event<CallRecord> events, BeanManager beans) {
        this(
                () -> config.current().governance().after(),
                webhooks,
                record -> fire(events, record),
                record -> !beans.resolveObserverMethods(record).isEmpty());
    }

    /**
     * @param observer is told of each call
     * @param observed whether there is any, asked once
     */
    public Listeners(
            Supplier<List<ListenerConfig>> config,
            Webhooks webhooks,
            Consumer<CallRecord> observer,
            Predicate<CallRecord> observed) {
        this.config = config;
        this.webhooks = webhooks;
        this.observed = observed;
        this.events = new Outbox<>("events", records -> records.forEach(observer));
    }

    /** Observers are waited for here, so that no more of them run than there is room for. */
    private static void fire(Event<CallRecord> events, CallRecord call) {
        try {
            events.fireAsync(call).toCompletableFuture().join();
        } catch (CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "An observer of calls has failed", e);
        }
    }

    /** Tells of a call that is over. */
    public void add(CallRecord call) {
        if (isObserved(call)) {
            events.add(call);
        }
        if (!config.get().isEmpty()) {
            add(Notes.of(call));
        }
    }

    /** Observers are known once the application has started, and do not change. */
    private boolean isObserved(CallRecord call) {
        Boolean known = isObserved;
        if (known == null) {
            known = observed.test(call);
            isObserved = known;
        }
        return known;
    }

    void add(@ObservesAsync BudgetNotice notice) {
        add(Notes.of(notice));
    }

    private void add(Note note) {
        for (ListenerConfig listener : config.get()) {
            if (listener.events().contains(note.event())) {
                outbox(listener).add(note);
            }
        }
    }

    private Outbox<Note> outbox(ListenerConfig listener) {
        Outbox<Note> known = outboxes.get(listener);
        return known == null ? opened(listener) : known;
    }

    private synchronized Outbox<Note> opened(ListenerConfig listener) {
        Map<ListenerConfig, Outbox<Note>> next = new HashMap<>(outboxes);
        Outbox<Note> outbox = next.computeIfAbsent(
                listener, one -> new Outbox<>(one.webhook().place(), notes -> deliver(one, notes)));
        // Those that the configuration does not name any more hand over what they have.
        outboxes.forEach((one, old) -> {
            if (!config.get().contains(one)) {
                next.remove(one);
                Thread.ofVirtual().start(old::close);
            }
        });
        outboxes = Map.copyOf(next);
        return outbox;
    }

    private void deliver(ListenerConfig listener, List<Note> notes) {
        Address address = new Address(
                listener.webhook().url(),
                listener.webhook().secret(),
                listener.webhook().timeout());
        try {
            webhooks.tell(address, new Delivery(UUID.randomUUID().toString(), Notes.body(notes)));
        } catch (RuntimeException e) {
            undelivered.addAndGet(notes.size());
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} has not been told of {1} events: {2}",
                    listener.webhook(),
                    notes.size(),
                    e.toString());
        }
    }

    /** Events that a listener was not told of: it did not take them, or was too slow. */
    public long missed() {
        return undelivered.get()
                + events.leftOut()
                + outboxes.values().stream().mapToLong(Outbox::leftOut).sum();
    }

    /** Events that wait to be told. */
    public int waiting() {
        return events.waiting()
                + outboxes.values().stream().mapToInt(Outbox::waiting).sum();
    }

    @PreDestroy
    public void close() {
        events.close();
        outboxes.values().forEach(Outbox::close);
    }
}
