package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2",
        "192.168.4.0/22, 192.168.7.255",
        "127.0.0.1, 127.0.0.1",
        "0.0.0.0/0, 8.8.8.8",
        "2001:db8::/32, 2001:db8:ffff::1",
        "::1, [0:0:0:0:0:0:0:1]",
        "10.1.2.3/32, ::ffff:10.1.2.3",
    })
    void a_range_has_the_addresses_that_begin_alike(String range, String address) {
        assertThat(new AddressRange(range).contains(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.1",
        "192.168.4.0/22, 192.168.8.0",
        "127.0.0.1, 127.0.0.2",
        "0.0.0.0/0, ::1",
        "10.0.0.0/8, localhost",
        "10.0.0.0/8, ''",
    })
    void and_no_others(String range, String address) {
        assertThat(new AddressRange(range).contains(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "10.0.0.0/33", "10.0.0.0/", "300.1.1.1", "localhost", "::g", "10.0.0.0/8/8", "1"})
    void what_is_no_range_holds_nothing(String text) {
        assertThat(new AddressRange(text).isValid()).isFalse();
        assertThat(new AddressRange(text).contains("10.0.0.1")).isFalse();
    }
}
