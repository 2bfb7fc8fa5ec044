package dev.drawbridge.admin.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.Providers;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {
    @TempDir
    private Path folder;

    @Test
    void each_upstream_is_asked_and_says_how_it_is() {
        List<UpstreamState> states = states("good", "dead", "odd");

        assertThat(states.get(0).isGood()).isTrue();
        assertThat(states.get(0).models()).hasValue(3);
        assertThat(states.get(0).authorised()).contains(true);
        assertThat(states.get(1).reachable()).isFalse();
        assertThat(states.get(1).authorised()).isEmpty();
        assertThat(states.get(1).error()).contains("no list: ConnectException Connection refused");
        assertThat(states.get(2).reachable()).isTrue();
        assertThat(states.get(2).error()).contains("no list");
        assertThat(Diagnosis.summary(states)).isEqualTo("partial");
    }

    @Test
    void the_summary_is_good_when_all_are_and_bad_when_none_is() {
        assertThat(Diagnosis.summary(states("good"))).isEqualTo("ok");
        assertThat(Diagnosis.summary(states("dead"))).isEqualTo("error");
        assertThat(Diagnosis.summary(List.of())).isEqualTo("ok");
    }

    @Test
    void addresses_are_shown_without_credentials() {
        Upstream upstream = states("good").getFirst().upstream();

        assertThat(Diagnosis.address(upstream)).contains("http://***@127.0.0.1:1/v1");
    }

    @Test
    void all_are_asked_at_the_same_time_and_nobody_is_waited_for_too_long() {
        long start = System.nanoTime();
        List<Optional<Integer>> answers =
                new Together().ask(List.of(0, 20_000, 40_000), DiagnosisTest::sleep, Duration.ofSeconds(2));

        assertThat(answers).containsExactly(Optional.of(0), Optional.empty(), Optional.empty());
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(15).toNanos());
    }

    private static int sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return millis;
    }

    private List<UpstreamState> states(String... names) {
        StringBuilder yaml = new StringBuilder("upstreams:\n");
        for (String name : names) {
            yaml.append("  - { name: ")
                    .append(name)
                    .append(", kind: openai, base-url: \"http://u:p@127.0.0.1:1/v1\" }\n");
        }
        LiveConfig config = Configs.live(folder, yaml.toString());
        config.close();
        return new Diagnosis(Configs.models(config), new Providers(List.of(new Listing())), new Together()).states();
    }

    /** Lists models as the name of the upstream says. */
    private static final class Listing implements ModelProvider {
        @Override
        public String protocol() {
            return "openai";
        }

        @Override
        public List<DiscoveredModel> models(Upstream upstream) {
            return switch (upstream.name()) {
                case "good" ->
                    IntStream.range(0, 3)
                            .mapToObj(i -> new DiscoveredModel("m" + i))
                            .toList();
                case "dead" ->
                    throw new GatewayException(
                            ErrorKind.UPSTREAM_ERROR, "no list", new ConnectException("Connection refused"));
                default -> throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "no list");
            };
        }

        @Override
        public ModelReply answer(Target target, ModelRequest request, CallScope scope) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ModelStream stream(Target target, ModelRequest request, CallScope scope) {
            throw new UnsupportedOperationException();
        }
    }
}
