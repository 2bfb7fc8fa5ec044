package dev.drawbridge.protocol.ollama.control;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * An answer that is still coming, and the client that it comes through.
 *
 * @param body to be read by one thread; interrupting a virtual thread that reads it ends the call
 */
public record OpenAnswer(InputStream body, AutoCloseable client) implements AutoCloseable {

    static OpenAnswer of(OllamaAdministration client, Function<OllamaAdministration, InputStream> call) {
        try {
            return new OpenAnswer(call.apply(client), client);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try (client) {
            body.close();
        } catch (IOException e) {
            // The connection is gone, which is what closing is for.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
