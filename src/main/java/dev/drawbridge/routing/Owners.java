package dev.drawbridge.routing;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Upstreams of one protocol, whose models can be administered.
 *
 * @param named the upstream that the caller asks for, if any
 */
public record Owners(ModelTable table, String protocol, Optional<String> named) {
    private static final String LATEST = ":latest";

    public List<Upstream> upstreams() {
        return table.upstreams().stream().filter(this::speaks).toList();
    }

    private boolean speaks(Upstream upstream) {
        return upstream.preset().protocol().equals(protocol);
    }

    /**
     * The owner of a model: the named upstream; {@code upstream/model}; the upstream of the model's route; the only
     * one that there is.
     *
     * @throws GatewayException {@code NOT_FOUND} when there is none, {@code INVALID_REQUEST} when nobody can tell
     */
    public Owner of(String model) {
        return named.map(this::upstream)
                .map(there -> new Owner(there, nameAt(there, bare(model, there.name()))))
                .or(() -> addressed(model))
                .or(() -> routed(model))
                .orElseGet(() -> new Owner(only(), model));
    }

    /**
     * Where a new model is made: at the upstream that is named, by itself or before the name, or at that of the model
     * that it comes from. It gets the name that was given, whatever else has this name here.
     *
     * @param source empty if it comes from none
     */
    public Owner ofNew(String model, String source) {
        Upstream there = named.map(this::upstream)
                .or(() -> addressed(model).map(Owner::upstream))
                .or(() -> source.isEmpty()
                        ? Optional.empty()
                        : Optional.of(of(source).upstream()))
                .orElseGet(this::only);
        return new Owner(there, bare(model, there.name()));
    }

    /** The upstream's own name for a model. */
    public String nameAt(Upstream upstream, String model) {
        return addressed(model)
                .or(() -> routed(model))
                .filter(owner -> owner.upstream().equals(upstream))
                .map(Owner::model)
                .orElse(model);
    }

    /** Whether the model is one of the gateway's. */
    public boolean isListed(String model) {
        return table.listed(model).isPresent();
    }

    /** Whether one of these upstreams has the model for certain. */
    public boolean isOwned(String model) {
        return addressed(model).isPresent() || routed(model).isPresent();
    }

    /** The gateway's name for a model of an upstream, with a tag as all names of Ollama have. */
    public Optional<String> idOf(Upstream upstream, String model) {
        return table.routes().stream()
                .filter(route -> route.choices().stream()
                        .map(Route.Choice::target)
                        .anyMatch(target -> target.upstream().equals(upstream) && sameModel(target.model(), model)))
                .map(Route::id)
                .findFirst()
                .map(id -> id.contains(":") ? id : id + LATEST);
    }

    private static boolean sameModel(String one, String other) {
        return one.equals(other) || (one + LATEST).equals(other) || one.equals(other + LATEST);
    }

    /** Whether the model is one of the gateway's, but none of these upstreams'. */
    public boolean isForeign(String model) {
        return named.isEmpty()
                && addressed(model).isEmpty()
                && routed(model).isEmpty()
                && table.listed(model).isPresent();
    }

    /** The named upstream, or the only one. */
    public Upstream any() {
        return named.map(this::upstream).orElseGet(this::only);
    }

    /** The named upstream, or all. */
    public List<Upstream> asked() {
        return named.map(name -> List.of(upstream(name))).orElseGet(this::upstreams);
    }

    private Upstream upstream(String name) {
        return upstreams().stream()
                .filter(upstream -> upstream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new GatewayException(
                        ErrorKind.NOT_FOUND,
                        "no upstream named \"" + name + "\" speaks the " + protocol + " protocol" + names()));
    }

    private Optional<Owner> addressed(String model) {
        return upstreams().stream()
                .filter(upstream -> !bare(model, upstream.name()).equals(model))
                .findFirst()
                .map(upstream -> new Owner(upstream, bare(model, upstream.name())));
    }

    private static String bare(String model, String upstream) {
        return model.startsWith(upstream + "/") && model.length() > upstream.length() + 1
                ? model.substring(upstream.length() + 1)
                : model;
    }

    private Optional<Owner> routed(String model) {
        return table.listed(model).stream()
                .flatMap(route -> route.choices().stream())
                .map(Route.Choice::target)
                .filter(target -> speaks(target.upstream()))
                .findFirst()
                .map(target -> new Owner(target.upstream(), target.model()));
    }

    private Upstream only() {
        List<Upstream> all = upstreams();
        if (all.isEmpty()) {
            throw new GatewayException(
                    ErrorKind.NOT_FOUND, "no upstream that speaks the " + protocol + " protocol is configured");
        }
        if (all.size() > 1) {
            throw new GatewayException(
                    ErrorKind.INVALID_REQUEST,
                    "several upstreams speak the " + protocol + " protocol: name one with the header"
                            + " x-drawbridge-upstream or as upstream/model" + names());
        }
        return all.getFirst();
    }

    private String names() {
        return upstreams().isEmpty()
                ? ""
                : "; there " + (upstreams().size() == 1 ? "is " : "are ")
                        + upstreams().stream().map(Upstream::name).collect(Collectors.joining(", "));
    }
}
