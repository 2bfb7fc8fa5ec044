package dev.drawbridge.admin.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * The JSON form of records. Servers derive it too, but with Java's names, and each with other gaps: generics, optional
 * values, types outside of what they scan.
 */
final class Schemas {
    private Schemas() {}

    static Schema of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        return type instanceof Class<?> plain ? plain(plain) : OASFactory.createSchema();
    }

    /** {@code costCentre} as {@code cost-centre}. */
    static String word(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Schema generic(Class<?> type, Type[] arguments) {
        if (type == Optional.class) {
            return of(arguments[0]);
        }
        if (Collection.class.isAssignableFrom(type)) {
            return typed(SchemaType.ARRAY).items(of(arguments[0]));
        }
        if (Map.class.isAssignableFrom(type)) {
            return map((Class<?>) arguments[0], arguments[1]);
        }
        return typed(SchemaType.OBJECT);
    }

    /** Where the names are known beforehand they are said. */
    private static Schema map(Class<?> names, Type values) {
        Schema schema = typed(SchemaType.OBJECT);
        if (!names.isEnum()) {
            return schema.additionalPropertiesSchema(of(values));
        }
        for (Object name : names.getEnumConstants()) {
            schema.addProperty(constant(name), of(values));
        }
        return schema;
    }

    private static Schema plain(Class<?> type) {
        if (type.isRecord()) {
            return record(type);
        }
        if (type.isEnum()) {
            Schema schema = typed(SchemaType.STRING);
            for (Object constant : type.getEnumConstants()) {
                schema.addEnumeration(constant(constant));
            }
            return schema;
        }
        return JsonNode.class.isAssignableFrom(type) ? typed(SchemaType.OBJECT) : value(type.getName());
    }

    private static Schema value(String type) {
        return switch (type) {
            case "boolean", "java.lang.Boolean" -> typed(SchemaType.BOOLEAN);
            case "int",
                    "long",
                    "java.lang.Integer",
                    "java.lang.Long",
                    "java.util.OptionalInt",
                    "java.util.OptionalLong" -> typed(SchemaType.INTEGER);
            case "double", "java.lang.Double", "java.math.BigDecimal" -> typed(SchemaType.NUMBER);
            case "java.time.Instant" -> typed(SchemaType.STRING).format("date-time");
            case "java.time.LocalDate" -> typed(SchemaType.STRING).format("date");
            case "java.time.Duration" -> typed(SchemaType.STRING).format("duration");
            case "java.lang.Object" -> OASFactory.createSchema();
            default -> typed(SchemaType.STRING);
        };
    }

    private static Schema record(Class<?> type) {
        Schema schema = typed(SchemaType.OBJECT);
        for (RecordComponent component : type.getRecordComponents()) {
            Schema property = of(component.getGenericType());
            var said = component
                    .getAccessor()
                    .getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
            if (said != null) {
                complete(schema, word(component.getName()), property, said);
            }
            schema.addProperty(word(component.getName()), property);
        }
        return schema;
    }

    private static void complete(
            Schema owner,
            String name,
            Schema property,
            org.eclipse.microprofile.openapi.annotations.media.Schema said) {
        if (!said.description().isEmpty()) {
            property.setDescription(said.description());
        }
        if (!said.example().isEmpty()) {
            property.setExample(said.example());
        }
        if (said.readOnly()) {
            property.setReadOnly(true);
        }
        if (said.required()) {
            owner.addRequired(name);
        }
    }

    private static String constant(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Schema typed(SchemaType type) {
        return OASFactory.createSchema().type(type);
    }
}
