package dev.drawbridge.admin.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.registry.json.Documents;
import java.util.List;
import java.util.function.Predicate;

/** The entries of one kind: how calls name them, and what is answered of them. */
public final class Register<T> {
    private final Registry registry;
    private final Kind<T> kind;

    public Register(Registry registry, Kind<T> kind) {
        this.registry = registry;
        this.kind = kind;
    }

    /** A page of those that are to be seen, by id. */
    public Page.Part<Entry<T>> list(Page page, Predicate<Entry<T>> seen) {
        List<Entry<T>> found = registry.after(kind, page.after().orElse(""))
                .filter(seen)
                .limit(page.limit() + 1L)
                .toList();
        return page.of(found, Entry::id);
    }

    /** @throws GatewayException {@code NOT_FOUND} */
    public Entry<T> find(String id) {
        return registry.find(kind, id)
                .orElseThrow(() -> new GatewayException(ErrorKind.NOT_FOUND, "There is no " + kind.word() + " " + id));
    }

    /**
     * The entry of the version that the caller means.
     *
     * @throws GatewayException {@code NOT_FOUND}, or {@code PRECONDITION_FAILED} when that is not the present one
     */
    public Entry<T> meant(Call call, String id) {
        Entry<T> entry = find(id);
        if (call.expected().orElse(entry.version()) != entry.version()) {
            throw new GatewayException(
                    ErrorKind.PRECONDITION_FAILED,
                    "This " + kind.word() + " has been changed meanwhile; get it again and look what is to be done");
        }
        return entry;
    }

    /** The entry's document with its id and times. */
    public ObjectNode view(Entry<T> entry) {
        ObjectNode view = Json.object().put("id", entry.id());
        view.setAll(tree(entry.value()));
        return view.put("created", entry.created().toString())
                .put("changed", entry.changed().toString());
    }

    /** Where the entry is. */
    public String path(String id) {
        return "/admin/v1/" + kind.word() + "s/" + id;
    }

    /** A record's document. */
    public ObjectNode tree(T value) {
        if (Documents.tree(value) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException(kind.type() + " is no record");
    }
}
