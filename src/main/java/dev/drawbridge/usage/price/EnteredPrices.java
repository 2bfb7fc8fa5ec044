package dev.drawbridge.usage.price;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The prices that administrators have entered. Immutable; made anew with each change. */
final class EnteredPrices {
    static final EnteredPrices NONE = new EnteredPrices(Map.of());

    private final Map<String, Dated> byId;
    private final Map<Key, List<Dated>> newestFirst = new HashMap<>();

    private record Key(String upstream, String model) {}

    private record Dated(Key key, Instant from, Price price) {}

    private EnteredPrices(Map<String, Dated> byId) {
        this.byId = byId;
        byId.values()
                .forEach(dated -> newestFirst
                        .computeIfAbsent(dated.key(), key -> new ArrayList<>())
                        .add(dated));
        newestFirst
                .values()
                .forEach(list -> list.sort(Comparator.comparing(Dated::from)
                        .thenComparing(dated -> dated.price().version())
                        .reversed()));
    }

    EnteredPrices with(String id, PriceTerms terms, String version) {
        Map<String, Dated> all = new HashMap<>(byId);
        all.put(id, new Dated(new Key(terms.upstream(), terms.model()), terms.from(), Prices.of(terms, version)));
        return new EnteredPrices(all);
    }

    EnteredPrices without(String id) {
        Map<String, Dated> all = new HashMap<>(byId);
        all.remove(id);
        return new EnteredPrices(all);
    }

    /** That of the upstream before that of all, by the upstream's name of the model before ours. */
    Optional<Price> at(Place place, Instant when) {
        if (byId.isEmpty()) {
            return Optional.empty();
        }
        return at(place.upstream(), place.target(), when)
                .or(() -> at(place.upstream(), place.model(), when))
                .or(() -> at("", place.target(), when))
                .or(() -> at("", place.model(), when));
    }

    private Optional<Price> at(String upstream, String model, Instant when) {
        return newestFirst.getOrDefault(new Key(upstream, model), List.of()).stream()
                .filter(dated -> !dated.from().isAfter(when))
                .findFirst()
                .map(Dated::price);
    }
}
