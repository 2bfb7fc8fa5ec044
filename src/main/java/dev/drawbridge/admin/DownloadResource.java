package dev.drawbridge.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.download.DownloadEvents;
import dev.drawbridge.admin.download.Downloading;
import dev.drawbridge.admin.download.Downloads;
import dev.drawbridge.admin.download.Job;
import dev.drawbridge.admin.download.Jobs;
import dev.drawbridge.admin.text.Text;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.Edit.Note;
import dev.drawbridge.rest.audit.Trail;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Fetches models: for who waits, for who watches, and for who looks after it later. */
@Path("download")
@Requires(Permission.ADMINISTER)
public class DownloadResource {
    private static final String UPSTREAM = "x-drawbridge-upstream";

    private final ManagementDoor door;
    private final Downloads downloads;
    private final Jobs jobs;
    private final Trail trail;

    @Inject
    public DownloadResource(ManagementDoor door, Downloads downloads, Jobs jobs, Trail trail) {
        this.door = door;
        this.downloads = downloads;
        this.jobs = jobs;
        this.trail = trail;
    }

    @POST
    public void download(
            InputStream body,
            @QueryParam("async") boolean later,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        Optional<String> upstream = Optional.ofNullable(request.getHeader(UPSTREAM));
        Optional<DownloadEvents.Form> watched = watched(request.getHeader(HttpHeaders.ACCEPT));
        Supplier<ObjectNode> document = ManagementDoor.document(request, body);
        Actor actor = Trail.actor(request);
        door.open(request, response, (language, answer) -> {
            String model = Json.text(document.get(), "model_path").strip();
            Downloading downloading = begin(model, upstream, actor);
            if (later) {
                answer.accept(started(jobs.start(model, downloading), language));
                return;
            }
            try (downloading) {
                answer.accept(
                        watched.isPresent()
                                ? events(downloading, watched.get(), language)
                                : whole(downloading, language));
            }
        });
    }

    /** One that the audit cannot have does not go on. */
    private Downloading begin(String model, Optional<String> upstream, Actor actor) {
        Downloading downloading = downloads.begin(model, upstream);
        boolean noted = false;
        try {
            trail.note(actor, new Note("download", "model", model, "", ""));
            noted = true;
            return downloading;
        } finally {
            if (!noted) {
                downloading.close();
            }
        }
    }

    private static Response whole(Downloading downloading, Locale language) {
        String log = downloading.end();
        return ManagementDoor.json(
                Response.ok(),
                Json.object()
                        .put("message", Text.of("download.done").in(language))
                        .put("log", log));
    }

    private static Response events(Downloading downloading, DownloadEvents.Form form, Locale language) {
        return Response.ok(new DownloadEvents(downloading, form, language))
                .type(form.type())
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("x-accel-buffering", "no")
                .build();
    }

    private static Response started(Job job, Locale language) {
        return ManagementDoor.json(
                Response.accepted().header(HttpHeaders.LOCATION, "/models/download/" + job.id()),
                job.document(language));
    }

    @GET
    @Requires(Permission.OVERSEE)
    public Response list(@Context HttpServletRequest request) {
        Locale language = ManagementDoor.language(request);
        ArrayNode list = Json.array();
        jobs.all().forEach(job -> list.add(job.document(language)));
        return ManagementDoor.json(Response.ok(), list);
    }

    @GET
    @Requires(Permission.OVERSEE)
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context HttpServletRequest request) {
        return ManagementDoor.json(Response.ok(), jobs.get(id).document(ManagementDoor.language(request)));
    }

    @DELETE
    @Path("{id}")
    public void cancel(
            @PathParam("id") String id, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        Actor actor = Trail.actor(request);
        door.run(request, response, language -> {
            Job job = jobs.cancel(id);
            trail.note(actor, new Note("cancel", "download", id, "", ""));
            return ManagementDoor.json(Response.ok(), job.document(language));
        });
    }

    private static Optional<DownloadEvents.Form> watched(String accepted) {
        String types = accepted == null ? "" : accepted.toLowerCase(Locale.ROOT);
        if (types.contains("text/event-stream")) {
            return Optional.of(DownloadEvents.Form.EVENTS);
        }
        return types.contains("application/x-ndjson") ? Optional.of(DownloadEvents.Form.LINES) : Optional.empty();
    }
}
