package dev.drawbridge.governance.permit;

import dev.drawbridge.governance.budget.BudgetBook;
import dev.drawbridge.governance.budget.BudgetNotice;
import dev.drawbridge.governance.budget.BudgetState;
import dev.drawbridge.governance.budget.Kept;
import dev.drawbridge.governance.budget.Spending;
import dev.drawbridge.governance.limit.Counters;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Chain.ScopedLimit;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A governor whose time passes when it is told to. */
final class Bench {
    static final Scope TEAM = new Scope(Level.TEAM, "research");
    static final Scope KEY = new Scope(Level.KEY, "k1");

    /** Of a token of the prompt and one of the answer. */
    static final BigDecimal INPUT_PRICE = new BigDecimal("0.00001");

    static final BigDecimal OUTPUT_PRICE = new BigDecimal("0.00003");

    final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    final AtomicLong wallMillis;
    final ConcurrentLinkedQueue<BudgetNotice> notices = new ConcurrentLinkedQueue<>();
    final Counters counters = new Counters(nanos::get);
    final BudgetBook book;
    final Governor governor;
    Rules rules = Bench.rules("UTC", false);

    Bench() {
        this("2026-03-15T12:00:00Z", Spending.NONE, Map.of());
    }

    Bench(String moment, Spending spending, Map<String, Kept> kept) {
        wallMillis = new AtomicLong(Instant.parse(moment).toEpochMilli());
        book = new BudgetBook(spending, kept, notices::add);
        governor = new Governor(counters, book, () -> rules, new BenchClock(wallMillis));
    }

    /** A clock that shows what it is told. */
    private static final class BenchClock extends Clock {
        private final AtomicLong millis;

        BenchClock(AtomicLong millis) {
            this.millis = millis;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }

    static Rules rules(String zone, boolean refuseUnknownPrice) {
        return new Rules(ZoneId.of(zone), refuseUnknownPrice);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wallMillis.addAndGet(time.toMillis());
    }

    void at(String moment) {
        wallMillis.set(Instant.parse(moment).toEpochMilli());
    }

    static Chain limited(Scope scope, Map<Dimension, Long> most) {
        return chain(List.of(limit(scope, most)), List.of());
    }

    static ScopedLimit limit(Scope scope, Map<Dimension, Long> most) {
        return new ScopedLimit(scope + "#own", scope, most);
    }

    static Chain budgeted(ScopedBudget... budgets) {
        return chain(List.of(), List.of(budgets));
    }

    static ScopedBudget budget(String amount, Period period) {
        return budget("b-" + period.word(), amount, period);
    }

    static ScopedBudget budget(String id, String amount, Period period) {
        return new ScopedBudget(id, TEAM, new BudgetTerms(new BigDecimal(amount), "EUR", period, 80), List.of());
    }

    static Chain chain(List<ScopedLimit> limits, List<ScopedBudget> budgets) {
        return new Chain(List.of(), limits, budgets, Map.of(), Defaults.NONE);
    }

    Permit admit(Chain chain, Demand demand) {
        return governor.admit(chain, "m", demand, Instant.ofEpochMilli(wallMillis.get()));
    }

    /** The failure, or empty where the call is let in. */
    Optional<GatewayException> refusal(Chain chain, Demand demand) {
        try {
            admit(chain, demand);
            return Optional.empty();
        } catch (GatewayException e) {
            return Optional.of(e);
        }
    }

    BudgetState state(String id) {
        return governor.states().stream()
                .filter(state -> state.budget().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static BigDecimal price(long input, long output) {
        return INPUT_PRICE.multiply(BigDecimal.valueOf(input)).add(OUTPUT_PRICE.multiply(BigDecimal.valueOf(output)));
    }

    static Permit.Used used(long input, long output) {
        Money cost = new Money(price(input, output), "EUR");
        return new Permit.Used(input, output, Optional.of(cost), (currency, money) -> Optional.empty());
    }

    static Demand call() {
        return new Wish(10, 10, 10, true);
    }

    /** Tokens of a prompt and of the answer that is asked for. */
    static Demand call(long input, long output) {
        return new Wish(input, input, output, true);
    }

    /** A demand of the model {@code m}. */
    record Wish(long inputBound, long input, long output, boolean outputBounded) implements Demand {
        @Override
        public String model() {
            return "m";
        }

        @Override
        public Most cost(String currency, long input, long output) {
            return currency.equals("EUR") ? new Most(price(input, output), true) : new Most(BigDecimal.ZERO, false);
        }
    }
}
