package dev.drawbridge.rest.presence;

import dev.drawbridge.inference.CallScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Somebody who waits for an answer. What has been seen of it belongs to the watch's thread. */
final class Client {
    private final String address;
    private final int remotePort;
    private final int localPort;
    private final long sinceNanos = System.nanoTime();
    private final CallScope scope;
    private Optional<Connection> connection = Optional.empty();
    private boolean located;
    private boolean seen;
    private int missed;

    Client(String address, int remotePort, int localPort, CallScope scope) {
        this.address = address;
        this.remotePort = remotePort;
        this.localPort = localPort;
        this.scope = scope;
    }

    static Client of(HttpServletRequest request, CallScope scope) {
        return new Client(request.getRemoteAddr(), request.getRemotePort(), request.getLocalPort(), scope);
    }

    boolean isOlderThan(long nanos, long now) {
        return now - sinceNanos >= nanos;
    }

    /** Worked out when it is first needed: most calls end before. */
    Optional<Connection> connection() {
        if (!located) {
            located = true;
            connection = Connection.of(localPort, address, remotePort);
        }
        return connection;
    }

    void seen() {
        seen = true;
        missed = 0;
    }

    boolean wasSeen() {
        return seen;
    }

    /** Not in the table this time; how many times running that makes. */
    int missed() {
        return ++missed;
    }

    void leave() {
        scope.end();
    }
}
