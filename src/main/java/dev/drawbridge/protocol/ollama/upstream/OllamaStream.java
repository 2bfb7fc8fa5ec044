package dev.drawbridge.protocol.ollama.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.UpstreamErrors;
import dev.drawbridge.transport.UpstreamExchange;
import dev.drawbridge.wire.MalformedJsonException;
import dev.drawbridge.wire.NdjsonReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/** An answer that arrives line by line. */
final class OllamaStream implements ModelStream {
    private final UpstreamExchange exchange;
    private final NdjsonReader lines;
    private final UpstreamErrors errors;
    private final Function<ObjectNode, List<ModelChunk>> chunks;
    private final Queue<ModelChunk> waiting = new ArrayDeque<>();
    private boolean begun;
    private boolean done;
    private boolean ended;

    private OllamaStream(
            UpstreamExchange exchange, UpstreamErrors errors, Function<ObjectNode, List<ModelChunk>> chunks) {
        this.exchange = exchange;
        this.errors = errors;
        this.lines = new NdjsonReader(exchange.body());
        this.chunks = chunks;
    }

    /**
     * Waits for the first line.
     *
     * @param errors what the upstream's failures mean
     * @param chunks what each line stands for
     * @throws GatewayException when it is an error, or does not come; the exchange is closed then
     */
    static OllamaStream open(
            UpstreamExchange exchange, UpstreamErrors errors, Function<ObjectNode, List<ModelChunk>> chunks) {
        OllamaStream stream = new OllamaStream(exchange, errors, chunks);
        stream.readLine();
        exchange.firstToken();
        return stream;
    }

    @Override
    public Optional<ModelChunk> next() {
        while (waiting.isEmpty() && !done) {
            readLine();
        }
        if (waiting.isEmpty() && !ended) {
            ended = true;
            exchange.drain();
        }
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public boolean ready() {
        return ended || !waiting.isEmpty() || lines.ready();
    }

    @Override
    public void close() {
        exchange.close();
    }

    private void readLine() {
        try {
            // An end before the last line may be the watchdog's doing as well as the upstream's: the exchange knows.
            if (!(lines.next().orElseThrow(EOFException::new) instanceof ObjectNode line)) {
                throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream sent a line that is no JSON object");
            }
            if (Json.present(line, "error")) {
                throw errors.inside(line);
            }
            if (!begun && line.isEmpty()) {
                throw empty();
            }
            begun = true;
            waiting.addAll(chunks.apply(line));
            done = line.path("done").asBoolean();
        } catch (MalformedJsonException e) {
            close();
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream sent a line that " + e.getMessage(), e);
        } catch (IOException e) {
            close();
            GatewayException failure = exchange.failure(e);
            throw !begun && e instanceof EOFException && failure.kind() != ErrorKind.TIMEOUT ? empty() : failure;
        } catch (GatewayException e) {
            close();
            throw e;
        }
    }

    private static GatewayException empty() {
        return new GatewayException(ErrorKind.EMPTY_ANSWER, "the upstream's stream was empty");
    }
}
