package dev.drawbridge.registry;

import dev.drawbridge.registry.Tables.Row;
import dev.drawbridge.registry.json.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All documents in memory. Those of a kind that nobody has asked for yet lie there as they were stored. */
final class Shelves {
    private final Map<String, Shelf<?>> shelves = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Row>> unclaimed = new HashMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    <T> Shelf<T> of(Kind<T> kind) {
        Shelf<?> shelf = shelves.get(kind.word());
        return typed(shelf == null ? locked(() -> claim(kind)) : shelf, kind);
    }

    @SuppressWarnings("unchecked")
    private static <T> Shelf<T> typed(Shelf<?> shelf, Kind<T> kind) {
        if (shelf.kind().type() != kind.type()) {
            throw new IllegalStateException("There are two kinds of " + kind.word());
        }
        return (Shelf<T>) shelf;
    }

    private Shelf<?> claim(Kind<?> kind) {
        Shelf<?> known = shelves.get(kind.word());
        if (known != null) {
            return known;
        }
        Shelf<?> shelf = new Shelf<>(kind);
        Map<String, Row> rows = unclaimed.remove(kind.word());
        if (rows != null) {
            rows.values().forEach(shelf::apply);
        }
        shelves.put(kind.word(), shelf);
        return shelf;
    }

    <T> void listen(Kind<T> kind, Consumer<Change<T>> listener) {
        Shelf<T> shelf = of(kind);
        locked(() -> {
            shelf.listen(listener);
            return shelf;
        });
    }

    void apply(List<Row> rows) {
        locked(() -> {
            rows.forEach(this::apply);
            return rows;
        });
    }

    private void apply(Row row) {
        Shelf<?> shelf = shelves.get(row.kind());
        if (shelf != null) {
            shelf.apply(row);
        } else if (row.deleted()) {
            unclaimed.getOrDefault(row.kind(), new HashMap<>()).remove(row.id());
        } else {
            unclaimed.computeIfAbsent(row.kind(), word -> new TreeMap<>()).put(row.id(), row);
        }
    }

    /** From now on there are these and no others. */
    void replaceAll(List<Row> rows) {
        record Name(String kind, String id) {}
        locked(() -> {
            Set<Name> wanted = new HashSet<>();
            rows.forEach(row -> wanted.add(new Name(row.kind(), row.id())));
            all().stream()
                    .filter(row -> !wanted.contains(new Name(row.kind(), row.id())))
                    .forEach(row -> apply(row.gone()));
            rows.forEach(this::apply);
            return rows;
        });
    }

    /** As they would be stored. */
    List<Row> all() {
        return locked(() -> {
            List<Row> rows = new ArrayList<>();
            shelves.values().stream().flatMap(Shelf::rows).forEach(rows::add);
            unclaimed.values().stream().flatMap(Shelves::values).forEach(rows::add);
            return rows;
        });
    }

    private static Stream<Row> values(Map<String, Row> rows) {
        return rows.values().stream();
    }

    private <R> R locked(Supplier<R> work) {
        changing.lock();
        try {
            return work.get();
        } finally {
            changing.unlock();
        }
    }

    /** The documents of one kind, in memory. Changed by one thread at a time, read by any. */
    static final class Shelf<T> {
        private static final System.Logger LOG = System.getLogger(Registry.class.getName());

        private final Kind<T> kind;
        private final ConcurrentSkipListMap<String, Entry<T>> entries = new ConcurrentSkipListMap<>();
        private final List<Consumer<Change<T>>> listeners = new ArrayList<>();

        Shelf(Kind<T> kind) {
            this.kind = kind;
        }

        Kind<T> kind() {
            return kind;
        }

        Optional<Entry<T>> find(String id) {
            return Optional.ofNullable(entries.get(id));
        }

        Stream<Entry<T>> after(String id) {
            return entries.tailMap(id, false).values().stream();
        }

        int size() {
            return entries.size();
        }

        /** The state of an entry; nothing happens where it is known. */
        void apply(Row row) {
            Optional<Entry<T>> before = find(row.id());
            if (row.deleted()) {
                entries.remove(row.id());
                before.ifPresent(gone -> tell(new Change<>(row.id(), before, Optional.empty())));
            } else if (before.filter(known -> isOf(known, row)).isEmpty()) {
                entry(row).ifPresent(after -> {
                    entries.put(row.id(), after);
                    tell(new Change<>(row.id(), before, Optional.of(after)));
                });
            }
        }

        private static boolean isOf(Entry<?> known, Row row) {
            return known.version() == row.version() && known.changed().equals(row.changed());
        }

        /** A document that cannot be read, of a far newer gateway perhaps, holds up no other. */
        private Optional<Entry<T>> entry(Row row) {
            try {
                return Optional.of(row.entry(Documents.stored(row.body(), kind.type())));
            } catch (IllegalStateException e) {
                LOG.log(System.Logger.Level.ERROR, "The " + kind.word() + " " + row.id() + " cannot be read", e);
                return Optional.empty();
            }
        }

        void listen(Consumer<Change<T>> listener) {
            entries.values()
                    .forEach(entry -> listener.accept(new Change<>(entry.id(), Optional.empty(), Optional.of(entry))));
            listeners.add(listener);
        }

        private void tell(Change<T> change) {
            for (Consumer<Change<T>> listener : listeners) {
                try {
                    listener.accept(change);
                } catch (RuntimeException e) {
                    // The others must hear of it: it may be a key that is good no more.
                    LOG.log(System.Logger.Level.ERROR, "A listener to changes of " + kind.word() + " failed", e);
                }
            }
        }

        /** All that is there, as it would be stored. */
        Stream<Row> rows() {
            return entries.values().stream().map(entry -> Row.of(kind, entry, false, 0));
        }
    }
}
