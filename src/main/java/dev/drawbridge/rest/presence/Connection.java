package dev.drawbridge.rest.presence;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A TCP connection as this machine sees it. IPv4 addresses are kept as IPv6 writes them, {@code ::ffff:192.0.2.1}, since
 * the same connection may be known by either name.
 *
 * @param localPort the listener's
 * @param network the higher half of the client's address
 * @param host the lower half of it
 * @param remotePort the client's
 */
record Connection(int localPort, long network, long host, int remotePort) {
    private static final long IPV4 = 0xFFFFL << 32;
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]+(%[^]]*)?]?");

    /** From a client's address as servlets tell it; empty if that is no address, which is not looked up. */
    static Optional<Connection> of(int localPort, String address, int remotePort) {
        if (remotePort <= 0 || !LITERAL.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            // Mapped addresses become IPv4 ones here.
            byte[] bytes = InetAddress.getByName(address.replaceAll("%.*|[\\[\\]]", ""))
                    .getAddress();
            return Optional.of(
                    bytes.length == 4
                            ? new Connection(localPort, 0, mapped(number(bytes, 0, 4)), remotePort)
                            : new Connection(localPort, number(bytes, 0, 8), number(bytes, 8, 8), remotePort));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    static long mapped(long ipv4) {
        return IPV4 | ipv4;
    }

    private static long number(byte[] bytes, int from, int length) {
        byte[] part = new byte[length];
        System.arraycopy(bytes, from, part, 0, length);
        return new BigInteger(1, part).longValue();
    }

    /** All connections of this client to this listener. */
    Connection anyPort() {
        return new Connection(localPort, network, host, 0);
    }
}
