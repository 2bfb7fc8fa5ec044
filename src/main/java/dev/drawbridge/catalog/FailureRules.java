package dev.drawbridge.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the failures of an upstream are understood: the rules of its kind, then those for all.
 *
 * @param rules the first that fits counts
 * @param limits headers that say when a limit is full again
 */
public record FailureRules(List<FailureRule> rules, List<Limit> limits) {
    private static final FailureRules GENERAL = read(CatalogFile.read("failures.yaml"));

    /**
     * Two headers of one limit.
     *
     * @param remaining what is left of it
     * @param reset when it is full again
     */
    public record Limit(String remaining, String reset) {}

    /** Those that hold for all vendors. */
    public static FailureRules general() {
        return GENERAL;
    }

    /** The rules of a kind of upstream, before the general ones. */
    static FailureRules with(JsonNode own) {
        List<FailureRule> rules = rules(own);
        rules.addAll(GENERAL.rules);
        return new FailureRules(List.copyOf(rules), GENERAL.limits);
    }

    /**
     * The rule for an answer.
     *
     * @param status of the answer; 200 for an error inside a good one, unless it says a status itself
     * @param words its code, type and message
     */
    public Optional<FailureRule> match(int status, String words) {
        return rules.stream().filter(rule -> rule.matches(status, words)).findFirst();
    }

    private static FailureRules read(JsonNode document) {
        List<Limit> limits = new ArrayList<>();
        document.path("limits")
                .forEach(limit -> limits.add(new Limit(
                        limit.path("remaining").asText(), limit.path("reset").asText())));
        return new FailureRules(List.copyOf(rules(document.path("rules"))), List.copyOf(limits));
    }

    private static List<FailureRule> rules(JsonNode entries) {
        List<FailureRule> rules = new ArrayList<>();
        entries.forEach(entry -> rules.add(new FailureRule(entry)));
        return rules;
    }
}
