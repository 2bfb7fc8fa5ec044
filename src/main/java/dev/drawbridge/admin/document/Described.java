package dev.drawbridge.admin.document;

import dev.drawbridge.governance.Requires;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An operation of a resource, as its annotations describe it. A class that says in {@code @Schema} which kind of
 * entries it has shares its methods with others: {@code {kind}} in their texts is its name, and {@code Object} the
 * record of an entry.
 *
 * @param type of the resource; the method may be that of a class above it
 */
record Described(Class<?> type, Method method) {
    private static final String REGEX_OF_PARAMETER = ":[^}]*}";

    static Stream<Described> of(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> method.isAnnotationPresent(Operation.class))
                .filter(method -> !method.isBridge())
                .map(method -> new Described(type, method));
    }

    /** Such as {@code listTeams}. */
    String id() {
        return kind().map(kind -> method.getName() + (isShared() ? capital(kind) + (isNamed("list") ? "s" : "") : ""))
                .orElse(method.getName());
    }

    String text(String text) {
        return kind().map(kind -> text.replace("{kind}", kind).replace("{kinds}", kind + "s"))
                .orElse(text);
    }

    boolean isList() {
        return isNamed("list");
    }

    private boolean isNamed(String beginning) {
        return method.getName().startsWith(beginning);
    }

    private boolean isShared() {
        return method.getDeclaringClass() != type;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private Optional<String> kind() {
        return Optional.ofNullable(type.getAnnotation(Schema.class)).map(Schema::name);
    }

    /** The record that the annotation means. */
    Class<?> record(Class<?> named) {
        Schema schema = type.getAnnotation(Schema.class);
        return named == Object.class && schema != null ? schema.implementation() : named;
    }

    /** Whether this is the record of the resource's entries. */
    boolean isEntry(Class<?> record) {
        Schema schema = type.getAnnotation(Schema.class);
        return schema != null && schema.implementation() == record;
    }

    /** The record's name in the document. */
    String schemaName(Class<?> record) {
        return kind().filter(kind -> isEntry(record)).map(Described::capital).orElse(record.getSimpleName());
    }

    String path() {
        return Stream.<AnnotatedElement>of(type, method)
                .map(element -> element.getAnnotation(Path.class))
                .filter(Objects::nonNull)
                .map(part -> "/" + part.value().replaceAll(REGEX_OF_PARAMETER, "}"))
                .collect(Collectors.joining());
    }

    String verb() {
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(annotation -> annotation.getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .findFirst()
                .map(HttpMethod::value)
                .orElseThrow(() -> new IllegalArgumentException(method + " answers no method of HTTP"));
    }

    Requires required() {
        return Stream.<AnnotatedElement>of(method, type)
                .map(element -> element.getAnnotation(Requires.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(method + " says nothing of who may call it"));
    }
}
