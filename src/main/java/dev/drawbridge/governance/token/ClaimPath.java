package dev.drawbridge.governance.token;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a claim by a name with dots: each may part two names, or belong to one. */
final class ClaimPath {
    /** Words apart by spaces, as OAuth has them. */
    private static final List<String> WORDS = List.of("scope", "scp");

    private ClaimPath() {}

    /** The texts that are there; none, if nothing is. */
    static List<String> texts(Map<?, ?> claims, String path) {
        List<String> texts = find(claims, path).map(ClaimPath::texts).orElse(List.of());
        return WORDS.contains(path)
                ? texts.stream()
                        .flatMap(text -> List.of(text.split(" ", -1)).stream())
                        .toList()
                : texts;
    }

    /** A text, or a list of them. */
    static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case String text -> List.of(text);
            case Number number -> List.of(number.toString());
            case List<?> list ->
                list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            default -> List.of();
        };
    }

    private static Optional<Object> find(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        if (whole != null) {
            return Optional.of(whole);
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                Optional<Object> found = find(inner, path.substring(dot + 1));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
