package dev.drawbridge.registry.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Records to JSON and back: component names in kebab-case, enums as lower-case words with dashes, times and durations as
 * ISO 8601. Absent lists, sets and maps are empty, absent texts "", absent {@code Optional}s empty, absent numbers 0;
 * anything else that is absent is an error.
 */
public final class Documents {
    private static final ObjectMapper MAPPER = mapper();

    /** The state of a newer gateway, after an update that was taken back. */
    private static final ObjectReader LENIENT =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Documents() {}

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .annotationIntrospector(new Words())
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
        JsonSetter.Value empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        JsonSetter.Value filled = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.SKIP);
        builder.withConfigOverride(String.class, text -> text.setSetterInfo(empty));
        for (Class<?> type : List.of(List.class, Set.class, Map.class)) {
            builder.withConfigOverride(type, values -> values.setSetterInfo(filled));
        }
        builder.withCoercionConfig(
                LogicalType.Textual,
                coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
        builder.withCoercionConfig(
                LogicalType.Enum, coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail));
        return builder.build();
    }

    /**
     * What somebody sent.
     *
     * @throws dev.drawbridge.inference.GatewayException {@code INVALID_REQUEST}, at the field that is wrong or unknown
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw Mistakes.told(e);
        }
    }

    /** The same, of a parsed tree. */
    public static <T> T read(JsonNode json, Class<T> type) {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw Mistakes.told(e);
        }
    }

    /** What this gateway, perhaps a later version, stored: unknown fields are left out. */
    public static <T> T stored(String json, Class<T> type) {
        try {
            return LENIENT.forType(type).readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was stored is no " + type.getSimpleName(), e);
        }
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " cannot be written", e);
        }
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The same document with the values of these fields starred out. */
    public static String hiding(String json, Set<String> fields) {
        if (fields.isEmpty() || json.isEmpty()) {
            return json;
        }
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree instanceof ObjectNode object) {
                fields.stream().filter(object::has).forEach(field -> object.put(field, "***"));
            }
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was stored is no JSON", e);
        }
    }
}
