package dev.drawbridge.rest.presence;

import dev.drawbridge.inference.CallScope;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends calls whose clients have gone, also those that have not begun to answer. Servers tell of a closed connection only
 * when something is written to it, so this asks the kernel, twice a second and only while somebody has waited for some
 * time: a short call costs two operations on a map. It works through TLS and with any server, on Linux alone; elsewhere
 * only writing shows that a client has gone. Thread-safe.
 */
@Singleton
public class ClientWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ClientWatch.class.getName());
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final long PERIOD_MILLIS = 500;
    private static final long YOUNG_NANOS = 400_000_000;

    /** The one that was last of use first; read and changed by the thread alone. */
    private final List<Path> tables;

    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Presence presence = new Presence();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("drawbridge-clients").unstarted(this::run);
    private byte[] buffer = new byte[1 << 16];
    private volatile boolean watching;

    @Inject
    public ClientWatch() {
        this(TABLES);
    }

    /** @param tables those that are there are read; the first must be */
    ClientWatch(List<Path> tables) {
        this.tables = new ArrayList<>(tables);
        this.watching = Files.isReadable(tables.getFirst());
        if (watching) {
            thread.start();
        } else {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} cannot be read: that clients leave shows only in writing to them",
                    tables.getFirst());
        }
    }

    /** Ends the scope when the client goes away, until the watch is closed. */
    public CallScope.Watch watch(HttpServletRequest request, CallScope scope) {
        return watch(Client.of(request, scope));
    }

    CallScope.Watch watch(Client client) {
        if (!watching) {
            return () -> {};
        }
        clients.add(client);
        return () -> clients.remove(client);
    }

    private void run() {
        try {
            while (watching) {
                Thread.sleep(PERIOD_MILLIS);
                look();
            }
        } catch (IOException e) {
            // Closing interrupts a read.
            if (watching) {
                LOG.log(System.Logger.Level.WARNING, "The connections cannot be watched any more: {0}", e.getMessage());
            }
            watching = false;
            clients.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException {
        long now = System.nanoTime();
        List<Client> waiting = clients.stream()
                .filter(client -> client.isOlderThan(YOUNG_NANOS, now))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        for (Client client : presence.gone(waiting, look(waiting))) {
            clients.remove(client);
            // What ends with the call may fail or take its time: the others are looked after meanwhile.
            Thread.ofVirtual().name("drawbridge-client-gone").start(client::leave);
        }
    }

    /** The kernel takes a microsecond for each connection, so a table that has nothing to add is not read. */
    private Presence.Look look(List<Client> waiting) throws IOException {
        Presence.Look look = new Presence.Look(waiting);
        for (Path table : List.copyOf(tables)) {
            if (!look.showsAll(waiting) && Files.isReadable(table)) {
                // The buffer may be another one after loading.
                int length = load(table);
                ConnectionTable.read(buffer, length, look);
                tables.remove(table);
                tables.addFirst(table);
            }
        }
        return look;
    }

    /** Into the buffer, which stays as large as the table ever was. */
    private int load(Path table) throws IOException {
        int length = 0;
        try (InputStream in = Files.newInputStream(table)) {
            int read = in.read(buffer, 0, buffer.length);
            while (read > 0) {
                length += read;
                buffer = length < buffer.length ? buffer : Arrays.copyOf(buffer, 2 * length);
                read = in.read(buffer, length, buffer.length - length);
            }
        }
        return length;
    }

    @Override
    @PreDestroy
    public void close() {
        watching = false;
        thread.interrupt();
    }
}
