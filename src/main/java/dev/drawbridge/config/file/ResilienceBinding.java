package dev.drawbridge.config.file;

import dev.drawbridge.config.ResilienceConfig;

/** What the file says of upstreams that fail: an upstream's own words, over those for all. */
final class ResilienceBinding {
    private ResilienceBinding() {}

    static ResilienceConfig bind(Fields root, Fields upstream) {
        Fields general = root.at("resilience");
        return new ResilienceConfig(
                breaker(upstream.at("breaker").over(general.at("breaker"))),
                queue(upstream.at("queue").over(general.at("queue"))),
                probe(upstream.at("probe").over(general.at("probe"))),
                upstream.over(general).duration("slow-start", "30s"),
                root.at("retries").share("budget", "20%"));
    }

    private static ResilienceConfig.Breaker breaker(Fields breaker) {
        return new ResilienceConfig.Breaker(
                breaker.number("window", 20),
                breaker.share("failure-rate", "50%"),
                breaker.number("minimum-calls", 5),
                breaker.duration("open", "5s"),
                breaker.duration("max-open", "60s"));
    }

    private static ResilienceConfig.Queue queue(Fields queue) {
        return new ResilienceConfig.Queue(queue.number("size", 64), queue.duration("wait", "2s"));
    }

    private static ResilienceConfig.Probe probe(Fields probe) {
        return new ResilienceConfig.Probe(probe.duration("every", "0s"), probe.duration("timeout", "2s"));
    }
}
