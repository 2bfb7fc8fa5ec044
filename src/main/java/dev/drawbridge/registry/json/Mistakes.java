package dev.drawbridge.registry.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.drawbridge.config.file.Nearest;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with a document, in words for whoever wrote it. */
final class Mistakes {
    private static final Map<Class<?>, String> FORMS = Map.of(
            Instant.class, "a time such as 2027-01-31T00:00:00Z",
            Duration.class, "a duration such as PT1H");

    private Mistakes() {}

    static GatewayException told(IOException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown -> at(unknown, unknown(unknown));
            case ValueInstantiationException refused -> at(refused, refused(refused));
            case InvalidFormatException form -> at(form, given(form) + "is not " + form(form.getTargetType()));
            case MismatchedInputException other -> at(other, mismatch(other));
            case JsonMappingException other -> at(other, "cannot be read");
            case JsonProcessingException syntax -> invalid("The document is not valid JSON");
            default -> invalid("The document cannot be read");
        };
    }

    private static GatewayException invalid(String message) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, message);
    }

    private static GatewayException at(JsonMappingException failure, String words) {
        String path = path(failure);
        return path.isEmpty()
                ? invalid("The document " + words)
                : invalid(path + " " + words).at(path);
    }

    private static String unknown(UnrecognizedPropertyException failure) {
        Collection<Object> known =
                Optional.ofNullable(failure.getKnownPropertyIds()).orElseGet(List::of);
        return "is not a field here"
                + Nearest.to(
                                failure.getPropertyName(),
                                known.stream().map(Object::toString).toList())
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse("");
    }

    /** What a record itself says of its values. */
    private static String refused(ValueInstantiationException failure) {
        Throwable cause = failure.getCause();
        String message = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
        return message == null ? "cannot be so" : message;
    }

    private static String mismatch(MismatchedInputException failure) {
        String message = Objects.requireNonNullElse(failure.getOriginalMessage(), "");
        return message.startsWith("Null value") || message.startsWith("Missing")
                ? "is missing"
                : "must be " + form(failure.getTargetType());
    }

    /** A word that was mistyped is told again; where it is a key, nothing else says which. */
    private static String given(InvalidFormatException failure) {
        String text = String.valueOf(failure.getValue());
        return text.matches("[\\w-]{1,40}") ? "says " + text + ", which " : "";
    }

    private static String form(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", Words.of(type));
        }
        if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class)) {
            return "a number";
        }
        return FORMS.getOrDefault(type, simple(type));
    }

    private static String simple(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
