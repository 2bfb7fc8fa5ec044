package dev.drawbridge.admin.document;

import dev.drawbridge.governance.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;

/**
 * Adds operations to a document, as the annotations of their resources describe them. The server's own scanning is off:
 * it takes what is no body for one, and knows neither the names nor the versions, pages and failures of this API.
 */
public final class Description {
    private final OpenAPI document;
    private final String base;

    /** @param base of the paths, such as {@code /admin/v1} */
    public Description(OpenAPI document, String base) {
        this.document = document;
        this.base = base;
    }

    /** Adds those that say what they do; others stand in the document already. */
    public void add(Set<Class<?>> resources) {
        Forms forms = new Forms(document);
        resources.stream()
                .flatMap(Described::of)
                .sorted(Comparator.comparing(Described::path).thenComparing(Described::verb))
                .forEach(described -> add(described, forms));
    }

    private void add(Described described, Forms forms) {
        var operation = forms.operation(described);
        Operation said = described.method().getAnnotation(Operation.class);
        operation.setOperationId(described.id());
        operation.setSummary(described.text(said.summary()));
        operation.setDescription((described.text(said.description()) + "\n\n" + roles(described)).strip());
        Optional.ofNullable(described.type().getAnnotation(Tag.class))
                .ifPresent(tag -> operation.setTags(List.of(tag.name())));
        String path = base + described.path();
        PathItem item = document.getPaths().getPathItem(path);
        if (item == null) {
            item = OASFactory.createPathItem();
            document.getPaths().addPathItem(path, item);
        }
        item.setOperation(PathItem.HttpMethod.valueOf(described.verb()), operation);
    }

    private static String roles(Described described) {
        return Stream.of(Role.values())
                .filter(role -> role.may(described.required().value()))
                .map(Role::word)
                .collect(Collectors.joining(", ", "For the roles: ", "."));
    }
}
