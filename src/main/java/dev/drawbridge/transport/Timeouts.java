package dev.drawbridge.transport;

import java.time.Duration;

/**
 * How long each part of a call may take.
 *
 * @param connect to open a connection, TLS included
 * @param firstToken from the sent request to the first event of a streamed answer
 * @param idle between two reads of a streamed answer
 * @param total the whole call
 */
public record Timeouts(Duration connect, Duration firstToken, Duration idle, Duration total) {

    /** For an answer in one piece, which has no first token and no gaps: only {@code total} counts. */
    public Timeouts whole() {
        return new Timeouts(connect, total, total, total);
    }
}
