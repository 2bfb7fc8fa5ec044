package dev.drawbridge.rest.presence;

import java.nio.ByteOrder;
import java.util.Set;

/**
 * Reads the kernel's table of TCP connections, the text of {@code /proc/self/net/tcp} and {@code tcp6}.
 *
 * <pre>{@code
 *   sl  local_address rem_address   st tx_queue rx_queue ...
 *    1: 0100007F:1F90 0100007F:D4A2 01 00000000:00000000 ...
 * }</pre>
 *
 * <p>An address is one or four words, each the number that its bytes are in this machine's memory. Lines of another form
 * are skipped. See <a href="https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt">the kernel's page</a>.
 */
final class ConnectionTable {
    private static final int ESTABLISHED = 0x01;

    /** States of an end that has seen the other's FIN or has sent its own; the rest are not there yet. */
    private static final Set<Integer> CLOSING = Set.of(0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0B);

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final byte[] text;
    private final int length;
    private int at;
    private boolean broken;

    /** Told of each connection. */
    interface Visitor {
        /** Whether connections to this port are of interest. */
        boolean wants(int localPort);

        void established(Connection connection);

        void closing(Connection connection);
    }

    private ConnectionTable(byte[] text, int length) {
        this.text = text;
        this.length = length;
    }

    /** Without a String for each of the thousands of lines: this runs twice a second. */
    static void read(byte[] text, int length, Visitor visitor) {
        ConnectionTable table = new ConnectionTable(text, length);
        while (table.at < length) {
            table.line(visitor);
            table.nextLine();
        }
    }

    private void line(Visitor visitor) {
        broken = false;
        // The number of the line, then its own address.
        skipPast(':');
        skipPast(':');
        int localPort = (int) hex(4);
        if (broken || !visitor.wants(localPort)) {
            return;
        }
        Connection connection = remote(localPort);
        skipSpaces();
        int state = (int) hex(2);
        if (broken) {
            return;
        }
        if (state == ESTABLISHED) {
            visitor.established(connection);
        } else if (CLOSING.contains(state)) {
            visitor.closing(connection);
        }
    }

    private Connection remote(int localPort) {
        skipSpaces();
        boolean ipv6 = at + 8 < length && text[at + 8] != ':';
        long network = ipv6 ? word() << 32 | word() : 0;
        long host = ipv6 ? word() << 32 | word() : Connection.mapped(word());
        skipPast(':');
        return new Connection(localPort, network, host, (int) hex(4));
    }

    private long word() {
        long word = hex(8);
        return LITTLE ? Integer.toUnsignedLong(Integer.reverseBytes((int) word)) : word;
    }

    private long hex(int digits) {
        long number = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at < length ? Character.digit(text[at], 16) : -1;
            broken |= digit < 0;
            number = number << 4 | (digit & 0xF);
            at += digit < 0 ? 0 : 1;
        }
        return number;
    }

    /** To behind the next such character of the line, if there is one. */
    private void skipPast(char wanted) {
        while (at < length && text[at] != '\n') {
            if (text[at++] == wanted) {
                return;
            }
        }
        broken = true;
    }

    private void skipSpaces() {
        while (at < length && text[at] == ' ') {
            at++;
        }
    }

    private void nextLine() {
        while (at < length && text[at] != '\n') {
            at++;
        }
        at++;
    }
}
