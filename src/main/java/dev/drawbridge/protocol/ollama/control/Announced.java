package dev.drawbridge.protocol.ollama.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.store.Progress;
import dev.drawbridge.routing.Models;
import java.time.Duration;
import java.util.Optional;

/** Work after which there is another model: the gateway offers it before anybody hears of the success. */
record Announced(Progress work, Models models) implements Progress {
    @Override
    public Optional<ObjectNode> next(Duration patience) {
        Optional<ObjectNode> line = work.next(patience);
        if (line.map(news -> Json.text(news, "status")).orElse("").equals("success")) {
            models.refresh();
        }
        return line;
    }

    @Override
    public void close() {
        work.close();
    }
}
