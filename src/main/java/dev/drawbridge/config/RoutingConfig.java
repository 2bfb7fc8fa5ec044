package dev.drawbridge.config;

/**
 * How the targets of a model share its calls.
 *
 * @param strategy the order of targets of equal priority
 * @param sticky whose calls stay with one of them
 * @param pinning whether callers may name or exclude upstreams
 */
public record RoutingConfig(Strategy strategy, Sticky sticky, boolean pinning) {

    /** Who is asked first. */
    public enum Strategy {
        WEIGHTED,
        LEAST_IN_FLIGHT,
        LOWEST_LATENCY,
        CHEAPEST
    }

    /** What calls have in common that go to the same target. */
    public enum Sticky {
        NONE,
        CALLER,
        PROMPT_CACHE_KEY
    }
}
