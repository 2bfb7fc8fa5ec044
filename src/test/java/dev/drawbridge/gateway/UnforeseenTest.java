package dev.drawbridge.gateway;

import static dev.drawbridge.fakes.Lab.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.ScriptedProvider;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedLimit;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.ModelChunk;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mistakes, and what the machine has no room for: what a call has set aside is free again all the same. */
@Timeout(20)
class UnforeseenTest {
    private static final String CONFIG = """
            upstreams: [{name: a, kind: demo, timeouts: {drain: 1s}}, {name: b, kind: demo}]
            models: [{id: m, targets: [{upstream: a, model: at-a}, {upstream: b, model: at-b, priority: 2}]}]
            retries: {attempts: 1, hedge: HEDGE}
            """;
    private static final String CHUNK = "{'id': 'x', 'choices': [{'index': 0, 'delta': {'content': 'one'}}]}";
    private static final String HELLO = "{'model': 'm', 'messages': [{'role': 'user', 'content': 'Hello'}]}";

    private final StackOverflowError deep = new StackOverflowError("too deep");
    private final ScriptedProvider provider = new ScriptedProvider().answers("a", request -> {
        throw deep;
    });
    private GatewayLab lab = lab("0s");

    private GatewayLab lab(String hedge) {
        ScopedLimit one = new ScopedLimit("l", Scope.ALL, Map.of(Dimension.IN_FLIGHT, 1L));
        return new GatewayLab(CONFIG.replace("HEDGE", hedge), provider)
                .with(new Chain(List.of(), List.of(one), List.of(), Map.of(), Defaults.NONE));
    }

    @AfterEach
    void the_next_call_is_let_in() {
        provider.answers("a", request -> new ModelReply(object("{'choices': []}")));
        lab.gateway.answer(GatewayLab.call(HELLO));
        assertThat(lab.records()).hasSize(2);
        assertThat(lab.records().getLast().outcome().status()).isEqualTo(200);
        lab.close();
    }

    @Test
    void an_error_in_a_whole_answer_is_the_end_of_the_call() {
        assertThatThrownBy(() -> lab.gateway.answer(GatewayLab.call(HELLO))).isSameAs(deep);
    }

    @Test
    void an_error_in_a_race_is_the_end_of_the_call() {
        lab.close();
        lab = lab("10s");
        assertThatThrownBy(() -> lab.gateway.answer(GatewayLab.call(HELLO))).isSameAs(deep);
    }

    @Test
    void an_error_amid_a_stream_is_its_end_also_if_the_stream_cannot_be_closed() {
        try (Closing closing = new Closing(streamed(new Broken(1, deep)))) {
            assertThat(closing.stream().next()).isPresent();
            assertThatThrownBy(() -> closing.stream().next()).isSameAs(deep);
            assertThat(lab.record().outcome().failure()).isEqualTo("INTERNAL");
        }
    }

    @Test
    void an_error_in_what_is_read_for_a_client_that_has_gone_is_the_end_of_the_call() {
        try (Closing closing = new Closing(streamed(new Broken(1, deep)))) {
            assertThat(closing.stream().next()).isPresent();
        }
        assertThat(lab.record().outcome().status()).isEqualTo(499);
    }

    private ModelStream streamed(ModelStream source) {
        provider.streams("a", request -> source);
        return lab.gateway.stream(GatewayLab.call(HELLO)).content();
    }

    /** It fails when it is closed, which is no matter here. */
    private record Closing(ModelStream stream) implements AutoCloseable {
        @Override
        public void close() {
            assertThatThrownBy(stream::close).hasMessage("not closed");
        }
    }

    /** One that throws after some chunks, and cannot be closed. */
    private static final class Broken implements ModelStream {
        private final Error error;
        private int left;

        Broken(int chunks, Error error) {
            this.left = chunks;
            this.error = error;
        }

        @Override
        public Optional<ModelChunk> next() {
            if (left-- > 0) {
                return Optional.of(new ModelChunk(object(CHUNK)));
            }
            throw error;
        }

        @Override
        public boolean ready() {
            return left > 0;
        }

        @Override
        public void close() {
            throw new IllegalStateException("not closed");
        }
    }
}
