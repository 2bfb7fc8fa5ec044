package dev.drawbridge.admin.organisation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.v1.Answers;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Page;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.admin.v1.Register;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Edit;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.registry.json.Documents;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The entries of one kind as callers see and change them, each as far as he reaches. */
final class Entries<T> {
    private final Registry registry;
    private final Rules<T> rules;
    private final Register<T> register;
    private final ObjectNode blank;

    Entries(Registry registry, Rules<T> rules) {
        this.registry = registry;
        this.rules = rules;
        this.register = new Register<>(registry, rules.kind());
        this.blank = register.tree(rules.blank()).without(rules.needed());
    }

    /** A page of those that the caller may see. */
    Page.Part<Entry<T>> list(Call call) {
        Reach reach = Reach.toSee(call.caller());
        return register.list(
                call.page(),
                entry -> reach.any(rules.owners(entry.id(), entry.value())) && rules.asked(entry.value(), call));
    }

    /** @throws GatewayException {@code NOT_FOUND}, or {@code FORBIDDEN} where it is not for the caller to see */
    Entry<T> get(Call call, String id) {
        Entry<T> entry = register.find(id);
        Reach.need(
                Reach.toSee(call.caller()).any(rules.owners(entry.id(), entry.value())),
                "This " + word() + " belongs to none of your teams");
        return entry;
    }

    /** A new entry; the document may name its id. */
    Entry<T> create(Call call, ObjectNode sent) {
        T value = read(call, sent);
        String id = sent.hasNonNull("id") ? Ids.checked(Json.text(sent, "id")) : rules.id(value);
        rules.check(id, value);
        return registry.create(rules.kind(), id, value, call.actor());
    }

    /** The value of a new entry that the caller may make. */
    T read(Call call, ObjectNode sent) {
        T value = Documents.read(Merge.of(blank, sent, blank), rules.kind().type());
        permit(call, "", Optional.empty(), value);
        rules.check(Optional.empty(), value);
        return value;
    }

    /** The entry with the change that was sent, of the version that the caller means; not kept yet. */
    Entry<T> changed(Call call, String id) {
        Entry<T> entry = register.meant(call, id);
        ObjectNode sent = call.body();
        T value = Documents.read(
                Merge.of(register.tree(entry.value()), sent, blank),
                rules.kind().type());
        permit(call, id, Optional.of(entry.value()), value);
        rules.check(Optional.of(entry.value()), value);
        return new Entry<>(id, entry.version(), value, entry.created(), entry.changed());
    }

    Entry<T> keep(Call call, Entry<T> changed) {
        return registry.replace(rules.kind(), changed, call.actor());
    }

    /** Deletes it, and with it the budgets and limits that are for it alone. */
    Response delete(Call call, String id) {
        Entry<T> entry = own(call, id);
        rules.release(id);
        registry.change(call.actor(), edit -> {
            edit.delete(rules.kind(), id, entry.version());
            rules.level().ifPresent(level -> deleteRules(edit, new Scope(level, id)));
            return id;
        });
        return Answers.done();
    }

    private void deleteRules(Edit edit, Scope scope) {
        registry.all(Kinds.BUDGET).stream()
                .filter(budget -> budget.value().scope().equals(scope))
                .forEach(budget -> edit.delete(Kinds.BUDGET, budget.id(), budget.version()));
        registry.all(Kinds.LIMIT).stream()
                .filter(limit -> limit.value().scope().equals(scope))
                .forEach(limit -> edit.delete(Kinds.LIMIT, limit.id(), limit.version()));
    }

    /** The entry of the version that the caller means, who may change it. */
    Entry<T> own(Call call, String id) {
        Entry<T> entry = register.meant(call, id);
        permit(call, id, Optional.of(entry.value()), entry.value());
        return entry;
    }

    private void permit(Call call, String id, Optional<T> before, T after) {
        Reach reach = Reach.toChange(call.caller());
        before.ifPresent(value ->
                Reach.need(reach.only(rules.owners(id, value)), "This " + word() + " is not of your teams alone"));
        Reach.need(reach.only(rules.owners(id, after)), "You may do this for your own teams only");
        rules.permit(reach, before, after);
    }

    private String word() {
        return rules.kind().word();
    }

    ObjectNode view(Entry<T> entry) {
        return register.view(entry);
    }

    String path(String id) {
        return register.path(id);
    }
}
