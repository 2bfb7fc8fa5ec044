package dev.drawbridge.admin.download;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.admin.text.Text;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.NdjsonWriter;
import dev.drawbridge.wire.SseWriter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** A download for who watches it: each line of progress at once, and at the end what others get as their answer. */
public final class DownloadEvents implements StreamingOutput {
    private final Downloading downloading;
    private final Optional<ObjectNode> first;
    private final Form form;
    private final Locale language;

    /** How the events are written. */
    public enum Form {
        EVENTS("text/event-stream; charset=utf-8"),
        LINES("application/x-ndjson");

        private final String type;

        Form(String type) {
            this.type = type;
        }

        public String type() {
            return type;
        }

        private void write(ObjectNode document, OutputStream out) throws IOException {
            switch (this) {
                case EVENTS -> new SseWriter(out).data(document);
                case LINES -> new NdjsonWriter(out).line(document);
            }
            out.flush();
        }
    }

    /** Waits for the first line, so that what fails at once fails with a status. */
    public DownloadEvents(Downloading downloading, Form form, Locale language) {
        this.downloading = downloading;
        this.form = form;
        this.language = language;
        this.first = downloading.next();
    }

    /** @throws IOException when the client has gone, which ends the download, unless others wait for it */
    @Override
    public void write(OutputStream out) throws IOException {
        form.write(relayed(out), out);
    }

    /** Writes all lines, and returns what to say after them. */
    private ObjectNode relayed(OutputStream out) throws IOException {
        try {
            for (Optional<ObjectNode> line = first; line.isPresent(); line = downloading.next()) {
                form.write(line.get(), out);
            }
            return Json.object()
                    .put("message", Text.of("download.done").in(language))
                    .put("log", downloading.said());
        } catch (Refusal e) {
            return Json.object().put("detail", e.text().in(language));
        }
    }
}
