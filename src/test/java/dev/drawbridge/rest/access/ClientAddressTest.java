package dev.drawbridge.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.LiveFile;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behind proxies of 10.0.0.0/8 and one of IPv6. */
class ClientAddressTest {
    private static final String CLIENT = "203.0.113.7";

    private final LiveFile file = new LiveFile("""
            server: { trusted-proxies: [10.0.0.0/8, "2001:db8::1"] }
            upstreams: [{ name: demo, kind: demo }]
            """);
    private final ClientAddress addresses = new ClientAddress(file.config());

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void a_call_comes_from_the_last_address_that_is_no_proxy_of_ours() {
        assertThat(addresses.of("10.0.0.1", List.of(CLIENT))).isEqualTo(CLIENT);
        assertThat(addresses.of("10.0.0.1", List.of("198.51.100.9, " + CLIENT + ",10.0.0.2")))
                .isEqualTo(CLIENT);
        assertThat(addresses.of("2001:db8:0::1", List.of(CLIENT))).isEqualTo(CLIENT);
    }

    @Test
    void who_is_no_proxy_of_ours_is_not_believed() {
        assertThat(addresses.of(CLIENT, List.of("198.51.100.9"))).isEqualTo(CLIENT);
        assertThat(addresses.of("11.0.0.1", List.of("10.0.0.1"))).isEqualTo("11.0.0.1");
    }

    @Test
    void a_line_that_the_client_made_up_stands_before_the_one_of_the_proxy() {
        assertThat(addresses.of("10.0.0.1", List.of("198.51.100.9", CLIENT))).isEqualTo(CLIENT);
        assertThat(addresses.of("10.0.0.1", List.of("198.51.100.9", CLIENT, "10.0.0.2")))
                .isEqualTo(CLIENT);
    }

    @Test
    void where_all_are_proxies_it_comes_from_the_first() {
        assertThat(addresses.of("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
        assertThat(addresses.of("10.0.0.1", List.of("", " , "))).isEqualTo("10.0.0.1");
        assertThat(addresses.of("10.0.0.1", List.of("10.0.0.3", "10.0.0.2"))).isEqualTo("10.0.0.3");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7:51234, 203.0.113.7",
        "[2001:db8::7]:443, 2001:db8::7",
        "[2001:db8::7], 2001:db8::7",
        "2001:db8::7, 2001:db8::7",
        "'203.0.113.7, 10.0.0.2:8080', 203.0.113.7",
        "'203.0.113.7, [2001:db8::1]:80', 203.0.113.7",
        "unknown, unknown",
    })
    void a_port_is_no_part_of_an_address(String line, String address) {
        assertThat(addresses.of("10.0.0.1", List.of(line))).isEqualTo(address);
    }
}
