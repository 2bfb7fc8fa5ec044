package dev.drawbridge.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import org.junit.jupiter.api.Test;

class MaskingTest {

    @Test
    void keys_passwords_and_headers_are_not_shown() {
        assertThat(Masking.mask(Lab.json("""
                {'upstreams':[{'name':'a','api-key':'sk-1','headers':{'x-team':'t'},
                  'tls':{'trust-store':'/x.p12','trust-store-password':7}},{'name':'b','api-key':'','api-keys':['k',7,'']}],
                 'providers':{'p':{'headers':{'x-v':'2'},'environment':{'api-key':['P_KEY']}}}}"""))).isEqualTo(Lab.json("""
                {'upstreams':[{'name':'a','api-key':'***','headers':{'x-team':'***'},
                  'tls':{'trust-store':'/x.p12','trust-store-password':'***'}},{'name':'b','api-key':'','api-keys':['***','***','']}],
                 'providers':{'p':{'headers':{'x-v':'***'},'environment':{'api-key':['P_KEY']}}}}"""));
    }

    @Test
    void addresses_are_shown_without_their_credentials() {
        assertThat(Masking.address("https://user:pw@host:1/v1?key=abc&v=1"))
                .isEqualTo("https://***@host:1/v1?key=***&v=***");
        assertThat(Masking.address("{base-url}/x?api-version={api-version}"))
                .isEqualTo("{base-url}/x?api-version={api-version}");
        assertThat(Masking.address("http://host/v1")).isEqualTo("http://host/v1");
    }
}
