package dev.drawbridge.config.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is wrong with a configuration, all of it, each with its place: {@code models[2].targets[0].upstream}. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    public void add(String place, String problem) {
        found.add(place.isEmpty() ? problem : place + ": " + problem);
    }

    /** Adds that {@code name} is none of {@code known}, and the one that was probably meant. */
    public void unknown(String place, String what, String name, Collection<String> known) {
        String hint = Nearest.to(name, known)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
        add(place, "no " + what + " named \"" + name + "\"" + hint);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<String> all() {
        return List.copyOf(found);
    }
}
