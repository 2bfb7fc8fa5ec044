package dev.drawbridge.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts {@code ${NAME}} and {@code ${NAME:default}} in place, in values only, after the file was parsed: what a variable
 * holds can never change the structure. A value that is nothing but a variable takes the type that it reads as.
 */
final class Substitution {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)(?::([^}]*))?}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}");

    private final Variables variables;
    private final Problems problems;

    Substitution(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    JsonNode apply(JsonNode node, String place) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String path = place.isEmpty() ? field.getKey() : place + "." + field.getKey();
                result.set(field.getKey(), apply(field.getValue(), path));
            }
            return result;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < list.size(); i++) {
                result.add(apply(list.get(i), place + "[" + i + "]"));
            }
            return result;
        }
        return node.isTextual() && node.textValue().contains("${") ? value(node.textValue(), place) : node;
    }

    private JsonNode value(String text, String place) {
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        boolean whole = false;
        while (variable.find()) {
            whole = variable.start() == 0 && variable.end() == text.length();
            variable.appendReplacement(result, Matcher.quoteReplacement(resolve(variable, place)));
        }
        variable.appendTail(result);
        return whole ? typed(result.toString()) : JsonNodeFactory.instance.textNode(result.toString());
    }

    private String resolve(Matcher variable, String place) {
        String name = variable.group(1);
        Optional<String> value = variables.get(name).or(() -> Optional.ofNullable(variable.group(2)));
        if (value.isEmpty()) {
            problems.add(place, "the variable " + name + " is not set (${" + name + ":} would allow that)");
        }
        return value.orElse("");
    }

    private static JsonNode typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
        }
        // A key such as 0123 stays text: only numbers that print as they were written are numbers.
        if (INTEGER.matcher(text).matches()
                && Long.toString(Long.parseLong(text)).equals(text)) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        }
        return JsonNodeFactory.instance.textNode(text);
    }
}
