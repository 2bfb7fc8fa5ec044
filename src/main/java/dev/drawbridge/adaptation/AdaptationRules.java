package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** All rules by the names that the catalogue and the configuration file use. */
public final class AdaptationRules {
    private static final Map<String, Function<JsonNode, Adaptation>> RULES = new TreeMap<>(Map.ofEntries(
            Map.entry("drop", FieldRules.Drop::new),
            Map.entry("keep-only", FieldRules.KeepOnly::new),
            Map.entry("rename", FieldRules.Rename::new),
            Map.entry("refuse", FieldRules.Refuse::new),
            Map.entry("max-tokens-field", MaxTokens.Field::new),
            Map.entry("developer-role", MessageRules.DeveloperRole::new),
            Map.entry("system-first", parameters -> new MessageRules.SystemFirst()),
            Map.entry("merge-roles", parameters -> new MessageRules.MergeRoles()),
            Map.entry("tool-content", ToolRules.Content::new),
            Map.entry("tool-call-ids", parameters -> new ToolRules.ShortIds()),
            Map.entry("json-object-to-schema", parameters -> new JsonObjectToSchema()),
            Map.entry("image-urls-in-text", parameters -> new ImageUrlsInText()),
            Map.entry("think-tags", ThinkTags::new)));

    private AdaptationRules() {}

    public static Set<String> names() {
        return RULES.keySet();
    }

    /** The name of a rule as written: {@code think-tags}, or {@code drop: [logit_bias]}. */
    public static String name(JsonNode written) {
        return written.isTextual()
                ? written.textValue()
                : written.properties().iterator().next().getKey();
    }

    /** @throws IllegalArgumentException saying which parameters the rule takes */
    public static Adaptation rule(JsonNode written) {
        String name = name(written);
        Function<JsonNode, Adaptation> rule = RULES.get(name);
        if (rule == null) {
            throw new IllegalArgumentException("no adaptation named \"" + name + "\"");
        }
        return rule.apply(written.isTextual() ? NullNode.instance : written.path(name));
    }
}
