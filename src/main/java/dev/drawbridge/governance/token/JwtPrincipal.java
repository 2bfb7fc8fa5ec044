package dev.drawbridge.governance.token;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** A verified token as MicroProfile JWT has it: standard claims in their own types, others as JSON. */
final class JwtPrincipal implements JsonWebToken {
    private final String name;
    private final ReadToken token;

    JwtPrincipal(String name, ReadToken token) {
        this.name = name;
        this.token = token;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Set<String> getClaimNames() {
        Set<String> names = new LinkedHashSet<>(token.claims().keySet());
        names.add(Claims.raw_token.name());
        return names;
    }

    /** The type is the caller's to know, as the standard wants it. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T getClaim(String claimName) {
        return (T) value(claimName);
    }

    private @Nullable Object value(String claimName) {
        if (claimName.equals(Claims.raw_token.name())) {
            return token.raw();
        }
        Object value = token.claims().get(claimName);
        if (value == null) {
            return null;
        }
        return switch (type(claimName).getSimpleName()) {
            case "String" -> value instanceof String ? value : null;
            case "Long" -> value instanceof Number number ? number.longValue() : null;
            case "Boolean" -> value instanceof Boolean ? value : null;
            case "Set" -> ClaimPath.texts(value).stream().collect(Collectors.toUnmodifiableSet());
            default -> json(value);
        };
    }

    private static Class<?> type(String claimName) {
        return Stream.of(Claims.values())
                .filter(claim -> claim.name().equals(claimName))
                .findFirst()
                .orElse(Claims.UNKNOWN)
                .getType();
    }

    private static JsonValue json(@Nullable Object value) {
        return switch (value) {
            case null -> JsonValue.NULL;
            case String text -> Json.createValue(text);
            case Long number -> Json.createValue(number);
            case Number number -> Json.createValue(number.doubleValue());
            case Boolean flag -> flag ? JsonValue.TRUE : JsonValue.FALSE;
            case List<?> list -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                list.forEach(element -> array.add(json(element)));
                yield array.build();
            }
            case Map<?, ?> map -> {
                JsonObjectBuilder object = Json.createObjectBuilder();
                map.forEach((key, inner) -> object.add(key.toString(), json(inner)));
                yield object.build();
            }
            default -> Json.createValue(value.toString());
        };
    }

    /** Never the token. */
    @Override
    public String toString() {
        return name;
    }
}
