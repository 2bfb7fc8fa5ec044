package dev.drawbridge.provider;

import java.util.List;
import java.util.OptionalLong;

/**
 * A model that an upstream lists.
 *
 * @param id the upstream's name for it
 * @param context tokens of prompt and answer together, if it says so
 * @param capabilities in the catalogue's words, empty if it does not say
 */
public record DiscoveredModel(String id, OptionalLong context, List<String> capabilities) {
    public DiscoveredModel(String id) {
        this(id, OptionalLong.empty(), List.of());
    }
}
