package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.Operation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Rules on the fields of a request, whatever they mean. */
final class FieldRules {
    private FieldRules() {}

    /** {@code drop: [logit_bias, user]}: the target would refuse the field, and the answer is as good without it. */
    record Drop(List<String> fields) implements Adaptation {
        Drop(JsonNode parameters) {
            this(names(parameters, "drop: [field, …]"));
        }

        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            return without(request, fields.stream().filter(request.json()::has).toList(), context);
        }
    }

    /**
     * {@code keep-only: [model, messages, …]} or {@code keep-only: {chat: […], embedding: […]}}: the target refuses
     * fields that it does not know.
     */
    record KeepOnly(Map<Operation, Set<String>> fields) implements Adaptation {
        KeepOnly(JsonNode parameters) {
            this(read(parameters));
        }

        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            Set<String> known = fields.get(request.operation());
            if (known == null) {
                return request;
            }
            List<String> unknown = new ArrayList<>();
            request.json().fieldNames().forEachRemaining(name -> {
                if (!known.contains(name)) {
                    unknown.add(name);
                }
            });
            return without(request, unknown, context);
        }

        private static Map<Operation, Set<String>> read(JsonNode parameters) {
            Map<Operation, Set<String>> fields = new EnumMap<>(Operation.class);
            boolean known = parameters.isArray()
                    || (parameters.isObject()
                            && Set.of("chat", "completion", "embedding")
                                    .containsAll(parameters.properties().stream()
                                            .map(Map.Entry::getKey)
                                            .toList()));
            if (!known) {
                throw new IllegalArgumentException("write keep-only: [field, …] or {chat: [field, …]}");
            }
            for (Operation operation : Operation.values()) {
                JsonNode list = parameters.isArray()
                        ? parameters
                        : parameters.path(operation.name().toLowerCase(Locale.ROOT));
                if (!list.isMissingNode()) {
                    fields.put(operation, new HashSet<>(names(list, "keep-only: [field, …] or {chat: [field, …]}")));
                }
            }
            return fields;
        }
    }

    /** {@code rename: {seed: random_seed}}: the target has another word for the field. */
    record Rename(Map<String, String> names) implements Adaptation {
        Rename(JsonNode parameters) {
            this(read(parameters));
        }

        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            ModelRequest renamed = request;
            for (Map.Entry<String, String> name : names.entrySet()) {
                if (renamed.json().has(name.getKey())) {
                    JsonNode value = renamed.json().get(name.getKey());
                    renamed = renamed.without(name.getKey()).with(name.getValue(), value);
                    context.note(name.getKey(), name.getValue(), "renamed");
                }
            }
            return renamed;
        }

        private static Map<String, String> read(JsonNode parameters) {
            if (!parameters.isObject()) {
                throw new IllegalArgumentException("write rename: {field: other name}");
            }
            Map<String, String> names = new LinkedHashMap<>();
            parameters
                    .properties()
                    .forEach(name -> names.put(name.getKey(), name.getValue().asText()));
            return names;
        }
    }

    /** {@code refuse: [n]}: the target would pass over the field, and the answer would be wrong without it. */
    record Refuse(List<String> fields) implements Adaptation {
        Refuse(JsonNode parameters) {
            this(names(parameters, "refuse: [field, …]"));
        }

        @Override
        public ModelRequest request(ModelRequest request, Context context) {
            for (String field : fields) {
                if (matters(field, request.json())) {
                    throw new GatewayException(
                                    ErrorKind.UNSUPPORTED_PARAMETER,
                                    "this model does not support " + field + (field.equals("n") ? " above 1" : ""))
                            .at(field);
                }
            }
            return request;
        }

        /** A value that asks for what would happen anyway is no reason to refuse. */
        private static boolean matters(String field, ObjectNode json) {
            JsonNode value = json.path(field);
            if (!Json.present(json, field) || value.equals(json.booleanNode(false))) {
                return false;
            }
            return !field.equals("n") || value.asInt(2) != 1;
        }
    }

    private static ModelRequest without(ModelRequest request, List<String> fields, Context context) {
        ModelRequest result = request;
        for (String field : fields) {
            result = result.without(field);
            context.dropped(field);
        }
        return result;
    }

    private static List<String> names(JsonNode list, String form) {
        if (!list.isArray()) {
            throw new IllegalArgumentException("write " + form);
        }
        List<String> names = new ArrayList<>();
        list.forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
    }
}
