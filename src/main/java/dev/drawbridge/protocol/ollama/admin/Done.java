package dev.drawbridge.protocol.ollama.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.store.Progress;
import java.time.Duration;
import java.util.Optional;

/** Work that there was none of. */
final class Done implements Progress {
    private boolean said;

    @Override
    public Optional<ObjectNode> next(Duration patience) {
        if (said) {
            return Optional.empty();
        }
        said = true;
        return Optional.of(Json.object().put("status", "success"));
    }

    @Override
    public void close() {
        // Nothing is going on.
    }
}
