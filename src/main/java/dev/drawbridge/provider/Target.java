package dev.drawbridge.provider;

import dev.drawbridge.adaptation.Adaptation;
import dev.drawbridge.inference.ModelFacts;
import java.util.List;

/**
 * A model at an upstream: what a call is sent to.
 *
 * @param model the upstream's own name for it
 * @param facts what is known of the model
 * @param adaptations the upstream's rules, then the model's
 * @param id the gateway's name for it
 */
public record Target(Upstream upstream, String model, ModelFacts facts, List<Adaptation> adaptations, String id) {

    /** A model that has the same name here as at the upstream. */
    public Target(Upstream upstream, String model, ModelFacts facts, List<Adaptation> adaptations) {
        this(upstream, model, facts, adaptations, model);
    }

    @Override
    public String toString() {
        return upstream.name() + "/" + model;
    }
}
