package dev.drawbridge.admin.document;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** What operations take and answer, and the schemas of it. */
final class Forms {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "Problem";

    /** What the gateway says of every entry. */
    private static final List<String> ADDED = List.of("id", "created", "changed");

    private static final Pattern IN_PATH = Pattern.compile("\\{([^}]+)}");

    private final Components components;

    Forms(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        this.components = document.getComponents();
        components.addSchema(PROBLEM, Schemas.of(Problem.class));
    }

    Operation operation(Described described) {
        Operation operation = OASFactory.createOperation();
        IN_PATH.matcher(described.path())
                .results()
                .forEach(found -> operation.addParameter(
                        parameter(found.group(1), In.PATH, "").required(true)));
        for (Parameter said : described.method().getAnnotationsByType(Parameter.class)) {
            operation.addParameter(parameter(said.name(), In.QUERY, said.description()));
        }
        if (described.isList()) {
            operation.addParameter(
                    parameter("limit", In.QUERY, "Most entries of the page, 1 to 1000; 100 by default."));
            operation.addParameter(parameter("after", In.QUERY, "What `next` of the page before said."));
        }
        if (Set.of("PUT", "PATCH", "DELETE").contains(described.verb())) {
            operation.addParameter(parameter(
                    "If-Match", In.HEADER, "The `ETag` of what is to be changed: 412 if it has been changed since."));
        }
        Optional.ofNullable(described.method().getAnnotation(RequestBodySchema.class))
                .map(body -> schema(described, body.value()))
                .ifPresent(schema -> operation.setRequestBody(
                        OASFactory.createRequestBody().required(true).content(content(JSON, schema))));
        return operation.responses(responses(described, operation));
    }

    private APIResponses responses(Described described, Operation operation) {
        APIResponses responses = OASFactory.createAPIResponses();
        APIResponseSchema said = described.method().getAnnotation(APIResponseSchema.class);
        if (said == null) {
            responses.addAPIResponse("204", response("It is done."));
        } else {
            String status = said.responseCode().isEmpty() ? "200" : said.responseCode();
            if (status.equals("201")) {
                operation.addParameter(parameter(
                        "Idempotency-Key",
                        In.HEADER,
                        "A name of yours for this creation: sent again, it is done once."));
            }
            Schema entry = schema(described, said.value());
            String description = said.responseDescription();
            responses.addAPIResponse(
                    status,
                    response(description.isEmpty() ? "As asked for." : description)
                            .content(content(JSON, described.isList() ? list(entry) : entry)));
        }
        return responses.addAPIResponse(
                "4XX", response("Refused, and why.").content(content("application/problem+json", ref(PROBLEM))));
    }

    private Schema schema(Described described, Class<?> named) {
        Class<?> type = described.record(named);
        String name = described.schemaName(type);
        Schema schema = Schemas.of(type);
        if (described.isEntry(type)) {
            ADDED.forEach(added -> schema.addProperty(
                    added, OASFactory.createSchema().type(SchemaType.STRING).readOnly(true)));
        }
        components.addSchema(name, schema);
        return ref(name);
    }

    private static Schema list(Schema element) {
        return OASFactory.createSchema()
                .type(SchemaType.OBJECT)
                .addProperty(
                        "data", OASFactory.createSchema().type(SchemaType.ARRAY).items(element))
                .addProperty(
                        "next",
                        OASFactory.createSchema()
                                .type(SchemaType.STRING)
                                .description("For `after` of the next page; missing on the last."))
                .addRequired("data");
    }

    private static Schema ref(String name) {
        return OASFactory.createSchema().ref(name);
    }

    private static Content content(String type, Schema schema) {
        return OASFactory.createContent()
                .addMediaType(type, OASFactory.createMediaType().schema(schema));
    }

    private static APIResponse response(String description) {
        return OASFactory.createAPIResponse().description(description);
    }

    private static org.eclipse.microprofile.openapi.models.parameters.Parameter parameter(
            String name, In where, String description) {
        var parameter = OASFactory.createParameter()
                .name(name)
                .in(where)
                .schema(OASFactory.createSchema().type(SchemaType.STRING));
        return description.isEmpty() ? parameter : parameter.description(description);
    }

    /** As {@code admin.v1.Problems} writes it. */
    private record Problem(String type, String title, int status, String detail, Optional<String> field) {}
}
