package dev.drawbridge.config.source;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The file of the configuration and those that it names, as they were when they were last looked at. */
public final class Watched {
    private final Optional<Path> file;
    private Map<Path, Stamp> seen = new LinkedHashMap<>();

    public Watched(Optional<Path> file) {
        this.file = file;
        file.ifPresent(path -> seen.put(path, Stamp.of(path)));
    }

    /** The first that has changed since; all of them count as seen from now on, so that a mistake is told once. */
    public Optional<Path> changed() {
        Map<Path, Stamp> before = seen;
        seen = new LinkedHashMap<>();
        before.keySet().forEach(path -> seen.put(path, Stamp.of(path)));
        return seen.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The file names these. To be told before they are read: what changes meanwhile is read again. */
    public void names(Collection<Path> others) {
        Map<Path, Stamp> next = new LinkedHashMap<>();
        // Its own stamp stays that of before it was read, for the same reason.
        file.ifPresent(path -> next.put(path, seen.getOrDefault(path, Stamp.NONE)));
        others.forEach(path -> next.put(path, Stamp.of(path)));
        seen = next;
    }
}
