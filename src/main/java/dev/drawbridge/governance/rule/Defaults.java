package dev.drawbridge.governance.rule;

import java.util.Map;

/**
 * What is put into requests that say nothing of it.
 *
 * @param system text of the system prompt, or empty
 * @param parameters JSON fields of a chat request by name, such as {@code temperature}
 */
public record Defaults(String system, Map<String, Object> parameters) {
    public static final Defaults NONE = new Defaults("", Map.of());
}
