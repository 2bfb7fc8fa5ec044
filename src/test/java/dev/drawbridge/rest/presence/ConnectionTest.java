package dev.drawbridge.rest.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, ::ffff:127.0.0.1",
        "127.0.0.1, 0:0:0:0:0:ffff:7f00:1",
        "::1, 0:0:0:0:0:0:0:1",
        "fe80::1, fe80::1%eth0",
        "2001:db8::1, [2001:db8::1]",
    })
    void one_address_has_many_names(String one, String other) {
        assertThat(Connection.of(80, one, 1)).isPresent().isEqualTo(Connection.of(80, other, 1));
    }

    @Test
    void addresses_ports_and_listeners_tell_connections_apart() {
        assertThat(Connection.of(80, "127.0.0.1", 1))
                .isNotEqualTo(Connection.of(81, "127.0.0.1", 1))
                .isNotEqualTo(Connection.of(80, "127.0.0.2", 1))
                .isNotEqualTo(Connection.of(80, "127.0.0.1", 2))
                .isNotEqualTo(Connection.of(80, "::1", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "client.example", "unknown", "_hidden", "12:34:56:78:90", ":::"})
    void what_is_no_address_is_no_connection_and_not_looked_up(String address) {
        assertThat(Connection.of(80, address, 1)).isEmpty();
    }

    @Test
    void without_a_port_there_is_no_connection() {
        assertThat(Connection.of(80, "127.0.0.1", -1)).isEmpty();
    }
}
