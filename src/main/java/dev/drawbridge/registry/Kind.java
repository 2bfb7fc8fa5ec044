package dev.drawbridge.registry;

import java.util.Set;

/**
 * One kind of documents. It is the same wherever it is used: make one constant.
 *
 * @param word such as {@code team}; stored with each
 * @param type a record that {@link dev.drawbridge.registry.json.Documents} can read and write
 * @param hidden fields, as in JSON, whose values must not be seen in the audit
 */
public record Kind<T>(String word, Class<T> type, Set<String> hidden) {
    public Kind(String word, Class<T> type) {
        this(word, type, Set.of());
    }
}
