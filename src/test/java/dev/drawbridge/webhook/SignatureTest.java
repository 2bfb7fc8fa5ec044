package dev.drawbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureTest {
    /** Made with {@code printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac s3cret}. */
    private static final String KNOWN = "1698a50bc74d1ff1db85c4e0a5297c2ad9fdba245d5737cdb789e4cc6e098940";

    @Test
    void it_is_what_other_tools_make_of_time_and_body() {
        assertThat(Signature.of("{\"a\":1}", "s3cret", Instant.ofEpochSecond(1_700_000_000)))
                .isEqualTo("t=1700000000,v1=" + KNOWN);
    }
}
