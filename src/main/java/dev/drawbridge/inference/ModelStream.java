package dev.drawbridge.inference;

import java.util.Optional;

/**
 * A streamed answer in the hub's form, whatever the upstream sent:
 * <ul>
 *   <li>every chunk has the same non-null {@code id}, {@code created} and {@code object}, and no {@code error};
 *   <li>{@code role}, and a tool call's {@code id}, {@code type} and {@code function.name}, only in the first delta;
 *   <li>tool calls have ascending indexes from 0 and end with {@code finish_reason: tool_calls};
 *   <li>usage comes in one last chunk without choices, or not at all; nothing else follows the finish reason.
 * </ul>
 * Closing it ends the upstream call. Not thread-safe.
 */
public interface ModelStream extends AutoCloseable {

    /**
     * Waits for the next chunk; empty at the regular end.
     *
     * @throws GatewayException when the upstream fails, ends too early or takes too long
     */
    Optional<ModelChunk> next();

    /** Whether {@link #next} would answer without waiting for the upstream. */
    boolean ready();

    @Override
    void close();
}
