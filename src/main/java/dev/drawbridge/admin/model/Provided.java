package dev.drawbridge.admin.model;

import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.provider.Upstream;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A model at an upstream, as {@code provider/model} names it: split at the first slash, for models have slashes too. */
public record Provided(Upstream upstream, String model) {

    /** @param text the provider is the name of an upstream, or a kind of which there is one */
    public static Provided of(String text, Collection<Upstream> upstreams) {
        int slash = text.indexOf('/');
        if (slash <= 0
                || text.substring(0, slash).isBlank()
                || text.substring(slash + 1).isBlank()) {
            throw Refusal.badRequest("manage.form");
        }
        return new Provided(upstream(text.substring(0, slash), upstreams), text.substring(slash + 1));
    }

    private static Upstream upstream(String provider, Collection<Upstream> upstreams) {
        List<Upstream> found = upstreams.stream()
                .filter(upstream -> upstream.name().equals(provider))
                .toList();
        if (found.isEmpty()) {
            found = upstreams.stream()
                    .filter(upstream -> upstream.preset().kind().equals(provider))
                    .toList();
        }
        if (found.isEmpty()) {
            throw Refusal.badRequest("manage.provider-unknown", provider, names(upstreams));
        }
        if (found.size() > 1) {
            throw Refusal.badRequest("manage.provider-ambiguous", provider, names(found));
        }
        return found.getFirst();
    }

    private static String names(Collection<Upstream> upstreams) {
        return upstreams.stream().map(Upstream::name).collect(Collectors.joining(", "));
    }
}
