package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.gateway.account.VisibleModels;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.protocol.ollama.admin.OllamaShow;
import dev.drawbridge.protocol.ollama.question.AskedModel;
import dev.drawbridge.protocol.ollama.question.Fields;
import dev.drawbridge.protocol.ollama.wire.OllamaBody;
import dev.drawbridge.protocol.ollama.wire.OllamaJson;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.BodyMemory;
import dev.drawbridge.rest.VirtualThreads;
import dev.drawbridge.rest.access.AccessFilter;
import dev.drawbridge.routing.ModelTable;
import dev.drawbridge.routing.Route;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/** What is known of one model. */
@Path("show")
@Requires(Permission.LIST)
public class ShowResource {
    /** What VS Code assumes too where nobody says how much a model reads. */
    private static final long CONTEXT = 32_768;

    private static final String COPILOT = "GitHubCopilotChat/";

    private final BodyMemory memory;
    private final VirtualThreads threads;
    private final VisibleModels models;
    private final OllamaShow own;

    @Inject
    public ShowResource(BodyMemory memory, VirtualThreads threads, VisibleModels models, OllamaShow own) {
        this.memory = memory;
        this.threads = threads;
        this.models = models;
        this.own = own;
    }

    @POST
    public void show(InputStream body, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        Caller caller = AccessFilter.caller(request);
        Arrival arrival = OllamaBody.arrival(request, caller);
        String client = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
        Optional<String> upstream = Optional.ofNullable(request.getHeader("x-drawbridge-upstream"));
        threads.run(response, () -> {
            ObjectNode document = document(body, arrival);
            // VS Code lists models by this name, and asks for them by it.
            boolean copilot = client.startsWith(COPILOT);
            String name = name(document);
            ModelTable known = models.to(caller);
            ObjectNode shown = (known.hides(name) ? Optional.<ObjectNode>empty() : own.show(document, upstream))
                    .orElseGet(() -> shown(AskedModel.route(name, known)));
            if (copilot && shown.path("model_info") instanceof ObjectNode info) {
                info.put("general.basename", name);
            }
            response.resume(OllamaJson.ok(shown));
        });
    }

    private ObjectNode document(InputStream body, Arrival arrival) {
        try (BodyMemory.Share share = memory.share()) {
            return OllamaBody.read(body, arrival, share);
        }
    }

    /** Continue and older clients call the field {@code name}. */
    private static String name(ObjectNode document) {
        String model = Fields.text(document, "model");
        String name = model.isBlank() ? Fields.text(document, "name") : model;
        if (name.isBlank()) {
            throw new GatewayException(ErrorKind.INVALID_REQUEST, "model is required").at("model");
        }
        return name;
    }

    private static ObjectNode shown(Route route) {
        ModelCard card = ModelCard.of(route);
        ObjectNode shown = Json.object()
                .put("modelfile", "FROM " + card.name() + "\n")
                .put("parameters", parameters(card))
                // Continue takes a template without .Suffix for one that cannot fill gaps.
                .put("template", fills(card) ? "{{ .Prompt }}{{ .Suffix }}" : "{{ .Prompt }}");
        shown.set("details", card.details());
        ObjectNode info = shown.putObject("model_info");
        info.put("general.architecture", card.family())
                .put("general.basename", card.facts().title())
                .put(card.family() + ".context_length", card.facts().context().orElse(CONTEXT));
        shown.set("capabilities", card.capabilities());
        return shown.put("modified_at", ModelCard.SINCE.toString());
    }

    private static boolean fills(ModelCard card) {
        return card.capabilities().valueStream().anyMatch(word -> word.asText().equals("insert"));
    }

    /** As in a Modelfile, one a line. */
    private static String parameters(ModelCard card) {
        StringBuilder lines = new StringBuilder();
        card.facts().context().ifPresent(tokens -> lines.append("num_ctx ").append(tokens));
        card.facts()
                .defaultMaxTokens()
                .ifPresent(tokens -> lines.append(lines.isEmpty() ? "" : "\n")
                        .append("num_predict ")
                        .append(tokens));
        return lines.toString();
    }
}
