package dev.drawbridge.rest.presence;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells from looks at the table of connections which clients have gone. One that has closed its side has; one that is
 * missing has only if it could have been found: the table is not read in one moment, a proxy may have put another address
 * into the request, and in some sandboxes the table shows little. Not thread-safe.
 */
final class Presence {
    private static final int LOOKS = 2;
    private static final int MOST_KNOWN = 50_000;

    /** Clients, without their ports, that the table has shown under the addresses by which requests know them. */
    private final Set<Connection> known = new HashSet<>();

    /** What one look shows of the listeners that clients wait at. */
    static final class Look implements ConnectionTable.Visitor {
        private final BitSet listeners = new BitSet();
        private final Set<Connection> established = new HashSet<>();
        private final Set<Connection> closing = new HashSet<>();

        Look(Collection<Client> clients) {
            clients.stream()
                    .flatMap(client -> client.connection().stream())
                    .forEach(it -> listeners.set(it.localPort()));
        }

        /** Whether it shows of each client that it is there or leaves. */
        boolean showsAll(Collection<Client> clients) {
            return clients.stream()
                    .allMatch(client -> client.connection()
                            .filter(it -> established.contains(it) || closing.contains(it))
                            .isPresent());
        }

        @Override
        public boolean wants(int localPort) {
            return listeners.get(localPort);
        }

        @Override
        public void established(Connection connection) {
            established.add(connection);
        }

        @Override
        public void closing(Connection connection) {
            closing.add(connection);
        }
    }

    /** The clients that have gone. */
    List<Client> gone(Collection<Client> clients, Look look) {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        for (Client client : clients) {
            client.connection().filter(look.established::contains).ifPresent(connection -> {
                client.seen();
                known.add(connection.anyPort());
            });
        }
        return clients.stream().filter(client -> hasGone(client, look)).toList();
    }

    private boolean hasGone(Client client, Look look) {
        Optional<Connection> connection = client.connection();
        if (connection.isEmpty() || look.established.contains(connection.get())) {
            return false;
        }
        if (look.closing.contains(connection.get())) {
            return true;
        }
        boolean findable = client.wasSeen() || known.contains(connection.get().anyPort());
        return findable && client.missed() >= LOOKS;
    }
}
