package dev.drawbridge.protocol.ollama.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tool calls of a conversation that have no result yet. Ollama's clients need not say which call a result belongs
 * to: Home Assistant says nothing, others the tool's name. Not thread-safe.
 */
final class PendingCalls {
    private final List<Pending> pending = new ArrayList<>();
    private int made;

    private record Pending(String id, String name) {}

    /** The call's id: its own, or one that is the same whenever the conversation is sent again. */
    String add(String id, String name) {
        Pending call = new Pending(id.isEmpty() ? "call_%08d".formatted(++made) : id, name);
        pending.add(call);
        return call.id();
    }

    /** The call that a result belongs to: by its id, else by the tool's name, else the first that waits. */
    Optional<String> take(String id, String name) {
        return first(call -> call.id().equals(id))
                .or(() -> first(call -> call.name().equals(name)))
                .or(() -> first(call -> true));
    }

    private Optional<String> first(Predicate<Pending> which) {
        Optional<Pending> call = pending.stream().filter(which).findFirst();
        call.ifPresent(pending::remove);
        return call.map(Pending::id);
    }
}
