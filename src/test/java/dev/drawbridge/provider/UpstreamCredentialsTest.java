package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import org.junit.jupiter.api.Test;

class UpstreamCredentialsTest {

    @Test
    void each_key_makes_a_view_that_sends_it_and_all_equal_each_other() {
        Upstream upstream = Lab.upstream("{name: a, kind: mistral, api-key: k1, api-keys: [k2, k3, k1]}");

        assertThat(upstream.credentials())
                .extracting(view -> view.headers().get("authorization"))
                .containsExactly("Bearer k1", "Bearer k2", "Bearer k3");
        assertThat(upstream.credentials()).extracting(Upstream::credential).containsExactly(1, 2, 3);
        assertThat(upstream.credentials()).allSatisfy(view -> {
            assertThat(view).isEqualTo(upstream).hasSameHashCodeAs(upstream).hasToString("a");
            assertThat(view.credentials()).isEqualTo(upstream.credentials());
            assertThat(view.uri("models", "")).isEqualTo(upstream.uri("models", ""));
            assertThat(view.timeouts()).isSameAs(upstream.timeouts());
            assertThat(view.connection()).isSameAs(upstream.connection());
            assertThat(view.isOlderThan(upstream)).isFalse();
        });
    }

    @Test
    void without_a_key_or_with_one_there_is_one_view() {
        Upstream without = Lab.upstream("{name: a, kind: vllm, base-url: \"http://127.0.0.1:1\"}");
        Upstream one = Lab.upstream("{name: a, kind: mistral, api-keys: [k]}");

        assertThat(without.credentials()).containsExactly(without);
        assertThat(without.headers()).doesNotContainKey("Authorization");
        assertThat(one.credentials()).containsExactly(one);
        assertThat(one.headers()).containsEntry("Authorization", "Bearer k");
        assertThat(without.isOlderThan(one)).isTrue();
        assertThat(one.isOlderThan(without)).isFalse();
    }
}
