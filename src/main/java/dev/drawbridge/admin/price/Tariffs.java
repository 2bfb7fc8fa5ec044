package dev.drawbridge.admin.price;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Creations.Made;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.registry.json.Documents;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The entries of one kind of tariff. */
final class Tariffs<T> {
    private final Registry registry;
    private final Creations creations;
    private final Terms<T> terms;

    /**
     * What is particular to a kind.
     *
     * @param since the field that says when it begins to hold
     * @param check refuses what makes no sense
     */
    record Terms<T>(Kind<T> kind, String since, Consumer<T> check) {}

    Tariffs(Registry registry, Creations creations, Terms<T> terms) {
        this.registry = registry;
        this.creations = creations;
        this.terms = terms;
    }

    Response list(Call call, Predicate<T> asked) {
        List<Entry<T>> found = registry.after(terms.kind(), call.page().after().orElse(""))
                .filter(entry -> asked.test(entry.value()))
                .limit(call.page().limit() + 1L)
                .toList();
        return Answers.page(call.page().of(found, Entry::id), this::view);
    }

    Response get(String id) {
        Entry<T> entry = find(id);
        return Answers.ok(view(entry), entry.version());
    }

    /** Holds from now on where it says no time. */
    Response create(Call call) {
        ObjectNode sent = call.body();
        return creations.once(call, sent, () -> {
            ObjectNode document = Json.copy(sent);
            if (!document.hasNonNull(terms.since())) {
                document.put(terms.since(), Instant.now().toString());
            }
            T value = read(document);
            String id = UUID.randomUUID().toString();
            Entry<T> made = registry.create(terms.kind(), id, value, call.actor());
            return new Made(
                    201, view(made), made.version(), "/admin/v1/" + terms.kind().word() + "s/" + id);
        });
    }

    /** What is sent takes the place of what is there, field by field. */
    Response change(Call call, String id) {
        Entry<T> entry = meant(call, id);
        ObjectNode document = tree(entry.value());
        call.body().properties().forEach(field -> document.set(field.getKey(), field.getValue()));
        document.remove(List.of("id", "created", "changed"));
        Entry<T> kept = registry.replace(
                terms.kind(),
                new Entry<>(id, entry.version(), read(document), entry.created(), entry.changed()),
                call.actor());
        return Answers.ok(view(kept), kept.version());
    }

    Response delete(Call call, String id) {
        registry.delete(terms.kind(), meant(call, id), call.actor());
        return Answers.done();
    }

    private T read(ObjectNode document) {
        T value = Documents.read(document, terms.kind().type());
        terms.check().accept(value);
        return value;
    }

    private Entry<T> meant(Call call, String id) {
        Entry<T> entry = find(id);
        if (call.expected().orElse(entry.version()) != entry.version()) {
            throw new GatewayException(
                    ErrorKind.PRECONDITION_FAILED,
                    "It has been changed meanwhile; get it again and look what is to be done");
        }
        return entry;
    }

    private Entry<T> find(String id) {
        return registry.find(terms.kind(), id)
                .orElseThrow(() -> new GatewayException(
                        ErrorKind.NOT_FOUND, "There is no " + terms.kind().word() + " " + id));
    }

    private ObjectNode view(Entry<T> entry) {
        ObjectNode view = Json.object().put("id", entry.id());
        view.setAll(tree(entry.value()));
        return view.put("created", entry.created().toString())
                .put("changed", entry.changed().toString());
    }

    private static ObjectNode tree(Object value) {
        if (Documents.tree(value) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException(value.getClass() + " is no record");
    }
}
