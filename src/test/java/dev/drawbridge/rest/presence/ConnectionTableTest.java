package dev.drawbridge.rest.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as Linux writes them on machines that keep the lowest byte of a number first, which nearly all are. */
@DisabledIf("bigEndian")
class ConnectionTableTest {
    private static final String TCP = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \s
               0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1076 1 00000000ce4dff98 100 0 0 10 0                      \s
               1: 0100007F:1F90 0100007F:A212 01 00000000:00000000 00:00000000 00000000  1000        0 680680 1 000000009fe5930a 20 4 30 10 -1                   \s
               2: 0A01A8C0:1F90 0B01A8C0:2635 08 00000000:00000001 00:00000000 00000000  1000        0 680681 1 000000009fe5930b 20 4 30 10 -1                   \s
               3: 0A01A8C0:1F90 0C01A8C0:2635 06 00000000:00000000 03:0000094B 00000000     0        0 0 3 000000006be13b23                                      \s
               4: 0A01A8C0:C001 0C01A8C0:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 680682 1 000000009fe5930c 20 4 30 10 -1                   \s
               5: 0A01A8C0:1F90 0D01A8C0:0400 03 00000000:00000000 01:00000064 00000000     0        0 0 1 000000006be13b24                                      \s
            """;

    private static final String TCP6 = """
              sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 688164 1 00000000a8a23f7f 100 0 0 10 0
               1: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:262B 01 00000000:00000000 02:00000182 00000000     0        0 687935 2 000000009cf1215f 20 4 28 70 15
               2: 00000000000000000000000001000000:1F90 00000000000000000000000001000000:262C 08 00000000:00000000 00:00000000 00000000     0        0 687936 1 000000009cf12160 20 4 28 10 -1
               3: B80D0120000000000000000001000000:1F90 B80D01200000000000000000EFBE0000:FFFF 01 00000000:00000000 00:00000000 00000000     0        0 687937 1 000000009cf12161 20 4 28 10 -1
            """;

    /** What was told, one line for each connection. */
    private static final class Told implements ConnectionTable.Visitor {
        private final List<Connection> established = new ArrayList<>();
        private final List<Connection> closing = new ArrayList<>();

        @Override
        public boolean wants(int localPort) {
            return localPort == 8080;
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

    static boolean bigEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
    }

    @Test
    void it_tells_open_connections_of_the_listener_from_those_that_end() {
        Told told = read(TCP);

        assertThat(told.established).containsExactly(connection("127.0.0.1", 41490));
        assertThat(told.closing).containsExactly(connection("192.168.1.11", 9781), connection("192.168.1.12", 9781));
    }

    @Test
    void ipv6_addresses_are_four_words_and_mapped_ones_are_ipv4() {
        Told told = read(TCP6);

        assertThat(told.established)
                .containsExactly(connection("127.0.0.1", 9771), connection("2001:db8::beef", 65535));
        assertThat(told.closing).containsExactly(connection("::1", 9772));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                ":",
                "   1: ",
                "   1: 0100007F:1F90",
                "   1: 0100007F:1F90 0100007F",
                "   1: 0100007F:1F90 0100007F:A2",
                "   1: 0100007F:1F90 0100007F:A212 0",
                "   1: 0100007F:1F90 0100007F A212 01",
                "   1: 0100007F:1F90 01X0007F:A212 01",
                "   1: 0100007F:1F9 0100007F:A212 01",
                "   1: 0100007F:1F90 0000000000000000FFFF:A212 01",
                "nothing like it: at all: or so: 01",
            })
    void lines_of_another_form_are_skipped_and_hide_no_other(String garbage) {
        Told told = read(garbage + "\n" + TCP);
        assertThat(told.established).containsExactly(connection("127.0.0.1", 41490));
        assertThat(told.closing).hasSize(2);
        assertThat(read(TCP + garbage).established).hasSize(1);
        assertThat(read(garbage).established).isEmpty();
    }

    @Test
    void no_bytes_whatever_break_it() {
        Random random = new Random(7);
        byte[] table = (TCP + TCP6).getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = table.clone();
            for (int i = 0; i < 20; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            ConnectionTable.read(damaged, random.nextInt(damaged.length + 1), new Told());
        }
    }

    @Test
    void a_table_of_thousands_takes_milliseconds() {
        byte[] table = large(5000).getBytes(StandardCharsets.US_ASCII);
        Told told = new Told();
        ConnectionTable.read(table, table.length, told);
        assertThat(told.established).hasSize(5000).doesNotHaveDuplicates();
        for (int i = 0; i < 50; i++) {
            ConnectionTable.read(table, table.length, new Told());
        }

        long start = System.nanoTime();
        ConnectionTable.read(table, table.length, new Told());
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        System.getLogger("presence").log(System.Logger.Level.INFO, "5,000 lines in {0}", taken);
        // Some hundred microseconds; more only on a machine that is doing something else.
        assertThat(taken).isLessThan(Duration.ofMillis(50));
    }

    static String large(int lines) {
        StringBuilder table = new StringBuilder(lines * 150);
        for (int i = 0; i < lines; i++) {
            table.append("%5d: 0100007F:1F90 %08X:%04X 01 ".formatted(i, 0x0100_000A + ((i / 1000) << 16), 1024 + i))
                    .append("00000000:00000000 00:00000000 00000000  1000        0 680680 1 000000009fe5930a")
                    .append(" 20 4 30 10 -1                   \n");
        }
        return table.toString();
    }

    private static Told read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Told told = new Told();
        ConnectionTable.read(bytes, bytes.length, told);
        return told;
    }

    private static Connection connection(String address, int port) {
        return Connection.of(8080, address, port).orElseThrow();
    }
}
