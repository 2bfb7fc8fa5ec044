package dev.drawbridge.admin.download;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.admin.text.Text;
import dev.drawbridge.inference.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A download that nobody waits for; who began it looks after it, or not. Thread-safe. */
public final class Job {
    private final String id;
    private final String model;
    private final Downloading downloading;
    private final Instant started = Instant.now();
    private State state = State.RUNNING;
    private Text outcome = Text.of("download.running");
    private Optional<Instant> finished = Optional.empty();

    enum State {
        RUNNING,
        SUCCESS,
        FAILED,
        CANCELLED
    }

    Job(String id, String model, Downloading downloading) {
        this.id = id;
        this.model = model;
        this.downloading = downloading;
    }

    public String id() {
        return id;
    }

    /** Does the work; blocking. */
    void run() {
        try (downloading) {
            downloading.end();
            finish(State.SUCCESS, Text.of("download.done"));
        } catch (Refusal e) {
            finish(State.FAILED, e.text());
        }
    }

    void cancel() {
        finish(State.CANCELLED, Text.of("download.cancelled"));
        downloading.close();
    }

    private synchronized void finish(State end, Text text) {
        if (state == State.RUNNING) {
            state = end;
            outcome = text;
            finished = Optional.of(Instant.now());
        }
    }

    synchronized boolean finishedBefore(Instant moment) {
        return finished.map(moment::isAfter).orElse(false);
    }

    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    /** For who asks; a failure is said in {@code detail}, anything else in {@code message}. */
    public synchronized ObjectNode document(Locale language) {
        ObjectNode document = Json.object()
                .put("id", id)
                .put("model_path", model)
                .put("upstream", downloading.upstream().name())
                .put("status", state.name().toLowerCase(Locale.ROOT))
                .put(state == State.FAILED ? "detail" : "message", outcome.in(language))
                .put("log", downloading.log().text())
                .put("started", started.toString());
        finished.ifPresent(moment -> document.put("finished", moment.toString()));
        document.set("progress", downloading.log().progress());
        return document;
    }
}
