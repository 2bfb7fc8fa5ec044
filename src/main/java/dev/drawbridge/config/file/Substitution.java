package dev.drawbridge.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.config.source.ValueFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts {@code ${NAME}}, {@code ${NAME:default}} and {@code ${file:path}} in place, in values only, after the file was
 * parsed: what a variable holds can never change the structure. A value that is nothing but a variable takes the type
 * that it reads as. Names may be written as in the server's own configuration: {@code ${ALIAS=name}}.
 */
final class Substitution {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{((?:ENV|MPCONFIG|ALIAS)=)?([A-Za-z_][A-Za-z0-9_.-]*)(?::([^}]*))?}");

    private static final String ALIAS = "ALIAS=";
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

    private String resolve(MatchResult variable, String place) {
        Optional<Path> file = file(variable);
        if (file.isPresent()) {
            return content(file.get(), place);
        }
        String name = variable.group(2);
        Optional<String> value = named(variable).or(() -> Optional.ofNullable(variable.group(3)));
        if (value.isEmpty()) {
            problems.add(place, "the variable " + name + " is not set (${" + name + ":} would allow that)");
        }
        return value.orElse("");
    }

    private Optional<String> named(MatchResult variable) {
        String name = variable.group(2);
        // A server that knows aliases by this form answers it from them alone.
        return ALIAS.equals(variable.group(1))
                ? variables.get("${" + ALIAS + name + "}").or(() -> variables.get(name))
                : variables.get(name);
    }

    private String content(Path file, String place) {
        try {
            String content = ValueFile.read(file);
            if (content.isEmpty()) {
                problems.add(place, "the file " + file + " is empty");
            }
            return content;
        } catch (IOException e) {
            problems.add(place, "the file " + file + " cannot be read: " + e.getMessage());
            return "";
        }
    }

    private static Optional<Path> file(MatchResult variable) {
        String path = variable.group(3);
        return variable.group(1) == null && variable.group(2).equals("file") && path != null && !path.isBlank()
                ? Optional.of(Path.of(path.strip()))
                : Optional.empty();
    }

    /** The files that hold values of the document. */
    static Set<Path> files(JsonNode document) {
        Set<Path> files = new LinkedHashSet<>();
        if (document.isTextual()) {
            VARIABLE.matcher(document.textValue())
                    .results()
                    .forEach(variable -> file(variable).ifPresent(files::add));
        }
        document.forEach(inner -> files.addAll(files(inner)));
        return files;
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
