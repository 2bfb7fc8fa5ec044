package dev.drawbridge.routing;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.gateway.account.Pricing;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Condition;
import dev.drawbridge.usage.price.PriceBook;
import dev.drawbridge.usage.price.PriceTerms;
import dev.drawbridge.usage.price.Rates;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A router over the models of a configuration, whose targets fare as a test says. */
final class Fleet {
    static final int DRAWS = 20_000;

    private final ModelTable table;
    private final Map<String, Condition> conditions = new HashMap<>();
    private final PriceBook prices;
    private final Router router;

    /** @param closed in seconds */
    record Fares(int closed, int inFlight, double latencyNanos, double warmth) implements Condition {
        @Override
        public Duration closedFor() {
            return Duration.ofSeconds(closed);
        }
    }

    Fleet(String yaml) {
        table = Tables.of(yaml);
        try (LiveFile file = new LiveFile(yaml)) {
            prices = new PriceBook(file.config());
            router = new Router(
                    new Random(42),
                    target -> conditions.getOrDefault(target.upstream().name(), Condition.UNKNOWN),
                    new Pricing(prices, new Rates(file.config())));
        }
    }

    /** Three upstreams, and models on them. */
    static Fleet abc(String models) {
        return new Fleet("upstreams: [{name: a, kind: demo}, {name: b, kind: demo}, {name: c, kind: demo}]\nmodels:\n"
                + models.indent(2));
    }

    Fleet busy(String upstream, int inFlight) {
        return fares(upstream, new Fares(0, inFlight, 0, 1));
    }

    Fleet takes(String upstream, int millis, int inFlight) {
        return fares(upstream, new Fares(0, inFlight, millis * 1e6, 1));
    }

    Fleet closed(String upstream, int seconds) {
        return fares(upstream, new Fares(seconds, 0, 0, 1));
    }

    Fleet warm(String upstream, double warmth) {
        return fares(upstream, new Fares(0, 0, 0, warmth));
    }

    /** As an administrator enters it. */
    Fleet priced(String upstream, String model, Instant from, double price) {
        BigDecimal each = BigDecimal.valueOf(price);
        Map<String, BigDecimal> units = Map.of("input", each, "output", each);
        PriceTerms terms = new PriceTerms(upstream, model, "EUR", from, units, List.of(), List.of());
        prices.enter(upstream + from, 1, terms);
        return this;
    }

    private Fleet fares(String upstream, Condition condition) {
        conditions.put(upstream, condition);
        return this;
    }

    /** The targets of a call that says nothing of its way: {@code upstream/model}. */
    List<String> targets(String model) {
        return targets("{'model': '" + model + "'}", Steering.NONE);
    }

    List<String> targets(String request, Steering steering) {
        return router.targets(table, new ChatRequest(Lab.object(request)), steering).stream()
                .map(Target::toString)
                .toList();
    }

    /** The upstreams of the first targets of many calls, with their shares. */
    Map<String, Double> shares(String model) {
        return shares(i -> targets(model));
    }

    static Map<String, Double> shares(IntFunction<List<String>> call) {
        return IntStream.range(0, DRAWS)
                .mapToObj(i -> upstream(call.apply(i).getFirst()))
                .collect(Collectors.groupingBy(
                        Function.identity(),
                        Collectors.collectingAndThen(Collectors.counting(), count -> count / (double) DRAWS)));
    }

    static String upstream(String target) {
        return target.substring(0, target.indexOf('/'));
    }

    /** Of a caller, with headers in the form {@code name: value}. */
    static Steering call(String caller, String... headers) {
        Map<String, String> values = new HashMap<>();
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            values.put(parts[0], parts[1]);
        }
        return Steering.of(caller, name -> values.getOrDefault(name, ""));
    }
}
