package dev.drawbridge.protocol.ollama.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.provider.store.Progress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DownloadTest {
    private static final Duration LONG = Duration.ofSeconds(15);

    private final FakeUpstream ollama = new FakeUpstream();
    private final AtomicInteger over = new AtomicInteger();

    @AfterEach
    void stop() {
        ollama.close();
    }

    @Test
    void every_line_is_passed_on_until_success() {
        pulls("pulling manifest", "writing manifest", "success");

        assertThat(statuses(watch(download(LONG)))).containsExactly("pulling manifest", "writing manifest", "success");
    }

    @Test
    void who_joins_sees_what_has_happened_and_the_upstream_is_asked_once() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ollama.on("/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson").chunk(line("pulling manifest"));
            go.await();
            answer.chunk(line("success")).end();
        });
        Download download = download(LONG);
        Progress first = watch(download);
        assertThat(status(first.next(LONG))).isEqualTo("pulling manifest");
        Progress second = watch(download);
        assertThat(status(second.next(LONG))).isEqualTo("pulling manifest");
        go.countDown();

        assertThat(statuses(first)).containsExactly("success");
        assertThat(statuses(second)).containsExactly("success");
        assertThat(ollama.calls()).hasSize(1);
    }

    @Test
    void one_who_leaves_does_not_end_it_for_the_others() {
        CountDownLatch go = new CountDownLatch(1);
        ollama.on("/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson").chunk(line("pulling manifest"));
            go.await();
            answer.chunk(line("success")).end();
        });
        Download download = download(LONG);
        Progress leaves = watch(download);
        Progress stays = watch(download);
        leaves.next(LONG);
        leaves.close();
        leaves.close();
        go.countDown();

        assertThat(statuses(stays)).endsWith("success");
    }

    @Test
    void the_last_who_leaves_ends_the_call_of_the_upstream() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        ollama.on("/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            try {
                while (true) {
                    answer.chunk(line("pulling manifest"));
                    Thread.sleep(20);
                }
            } catch (IOException e) {
                cut.countDown();
                throw e;
            }
        });
        Download download = download(LONG);
        Progress only = watch(download);
        only.next(LONG);
        only.close();

        cut.await();
        assertThat(download.watch()).as("nobody can join it any more").isEmpty();
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> only.next(LONG));
    }

    @Test
    void leaving_ends_a_call_of_which_nothing_is_heard() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ollama.on("/pull", (call, answer) -> {
            asked.countDown();
            Thread.sleep(LONG);
        });
        Progress only = watch(download(LONG));
        asked.await();
        only.close();

        for (int i = 0; i < 100 && over.get() == 0; i++) {
            Thread.sleep(20);
        }
        assertThat(over).as("the reader has ended").hasValue(1);
    }

    @Test
    void silence_for_too_long_is_a_timeout() {
        ollama.on("/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson").chunk(line("pulling manifest"));
            Thread.sleep(LONG);
        });
        Progress progress = watch(download(Duration.ofMillis(300)));
        progress.next(LONG);

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> progress.next(LONG))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT));
    }

    @Test
    void the_same_line_again_and_again_is_no_progress() {
        ollama.on("/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            while (true) {
                answer.chunk(line("pulling manifest"));
                Thread.sleep(20);
            }
        });
        Progress progress = watch(download(Duration.ofMillis(400)));

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> statuses(progress))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT));
    }

    @Test
    void a_watcher_of_little_patience_leaves_the_others_theirs() {
        CountDownLatch go = new CountDownLatch(1);
        ollama.on("/pull", (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            go.await();
            answer.chunk(line("success")).end();
        });
        Download download = download(LONG);
        Progress hasty = watch(download);
        Progress calm = watch(download);
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> hasty.next(Duration.ofMillis(100)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT));
        hasty.close();
        go.countDown();

        assertThat(statuses(calm)).containsExactly("success");
    }

    @Test
    void an_error_in_the_stream_is_a_failure_in_the_upstreams_words() {
        ollama.on("/pull", 200, "{\"status\":\"pulling manifest\"}\n{\"error\":\"file does not exist\"}\n");
        Progress progress = watch(download(LONG));
        progress.next(LONG);

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> progress.next(LONG))
                .withMessage("file does not exist");
    }

    @Test
    void an_end_without_success_is_a_failure() {
        pulls("pulling manifest");
        Progress progress = watch(download(LONG));
        progress.next(LONG);

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> progress.next(LONG))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.UPSTREAM_ERROR));
    }

    private void pulls(String... statuses) {
        StringBuilder lines = new StringBuilder();
        for (String status : statuses) {
            lines.append(line(status));
        }
        ollama.on("/pull", 200, lines.toString());
    }

    private static String line(String status) {
        return "{\"status\":\"" + status + "\"}\n";
    }

    private Download download(Duration idle) {
        return new Download(idle, this::begin, ended -> over.incrementAndGet());
    }

    private Progress begin() {
        try {
            return new ProgressLines(
                    new OpenAnswer(URI.create(ollama.url() + "/pull").toURL().openStream(), () -> {}));
        } catch (IOException e) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "the upstream cannot be reached", e);
        }
    }

    private static Progress watch(Download download) {
        return download.watch().orElseThrow();
    }

    private static String status(Optional<ObjectNode> line) {
        return line.map(news -> Json.text(news, "status")).orElse("");
    }

    private static List<String> statuses(Progress progress) {
        List<String> statuses = new ArrayList<>();
        for (Optional<ObjectNode> line = progress.next(LONG); line.isPresent(); line = progress.next(LONG)) {
            statuses.add(status(line));
        }
        return statuses;
    }
}
