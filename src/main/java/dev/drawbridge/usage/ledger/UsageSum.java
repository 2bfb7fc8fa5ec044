package dev.drawbridge.usage.ledger;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What calls that have something in common come to.
 *
 * @param group what they have in common, by the words of the question
 * @param cost of those whose cost is known, by currency
 */
public record UsageSum(Map<String, String> group, Counts counts, SortedMap<String, BigDecimal> cost) {

    /**
     * @param requests all calls, refused and failed ones too
     * @param failed those of them that ended with an error
     * @param estimated those whose tokens no upstream has reported
     * @param unpriced those that used something of unknown cost
     */
    public record Counts(long requests, long failed, long estimated, long unpriced, Tokens tokens) {
        Counts plus(Counts other) {
            return new Counts(
                    requests + other.requests,
                    failed + other.failed,
                    estimated + other.estimated,
                    unpriced + other.unpriced,
                    tokens.plus(other.tokens));
        }
    }

    /**
     * @param cachedInput those of the input that came from a cache
     * @param reasoning those of the output that were spent on reasoning
     */
    public record Tokens(long input, long cachedInput, long output, long reasoning) {
        Tokens plus(Tokens other) {
            return new Tokens(
                    input + other.input,
                    cachedInput + other.cachedInput,
                    output + other.output,
                    reasoning + other.reasoning);
        }
    }

    UsageSum plus(UsageSum other) {
        SortedMap<String, BigDecimal> both = new TreeMap<>(cost);
        other.cost.forEach((currency, amount) -> both.merge(currency, amount, BigDecimal::add));
        return new UsageSum(group, counts.plus(other.counts), both);
    }
}
