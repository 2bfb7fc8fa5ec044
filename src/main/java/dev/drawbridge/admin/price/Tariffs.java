package dev.drawbridge.admin.price;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Creations.Made;
import dev.drawbridge.admin.v1.Register;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.registry.json.Documents;
import dev.drawbridge.registry.json.Patch;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** The entries of one kind of tariff. */
final class Tariffs<T> {
    private final Registry registry;
    private final Creations creations;
    private final Terms<T> terms;
    private final Register<T> register;

    /**
     * What is particular to a kind.
     *
     * @param since the field that says when it begins to hold
     * @param check refuses what makes no sense
     * @param asked whether one is among those that a call asks for
     */
    record Terms<T>(Kind<T> kind, String since, Consumer<T> check, BiPredicate<Call, T> asked) {}

    Tariffs(Registry registry, Creations creations, Terms<T> terms) {
        this.registry = registry;
        this.creations = creations;
        this.terms = terms;
        this.register = new Register<>(registry, terms.kind());
    }

    Response list(Call call) {
        return Answers.page(
                register.list(call.page(), entry -> terms.asked().test(call, entry.value())), register::view);
    }

    Response get(String id) {
        Entry<T> entry = register.find(id);
        return Answers.ok(register.view(entry), entry.version());
    }

    /** Holds from now on where it says no time. */
    Response create(Call call) {
        ObjectNode sent = call.body();
        return creations.once(call, sent, () -> {
            T value = read(dated(Json.copy(sent)));
            String id = UUID.randomUUID().toString();
            Entry<T> made = registry.create(terms.kind(), id, value, call.actor());
            return new Made(201, register.view(made), made.version(), register.path(id));
        });
    }

    /** Of what is there, what is sent becomes another. */
    Response change(Call call, String id) {
        Entry<T> entry = register.meant(call, id);
        ObjectNode document = Patch.applied(register.tree(entry.value()), call.body());
        document.remove(List.of("id", "created", "changed"));
        Entry<T> kept = registry.replace(
                terms.kind(),
                new Entry<>(id, entry.version(), read(dated(document)), entry.created(), entry.changed()),
                call.actor());
        return Answers.ok(register.view(kept), kept.version());
    }

    Response delete(Call call, String id) {
        registry.delete(terms.kind(), register.meant(call, id), call.actor());
        return Answers.done();
    }

    private ObjectNode dated(ObjectNode document) {
        return document.hasNonNull(terms.since())
                ? document
                : document.put(terms.since(), Instant.now().toString());
    }

    private T read(ObjectNode document) {
        T value = Documents.read(document, terms.kind().type());
        terms.check().accept(value);
        return value;
    }
}
