package dev.drawbridge.admin.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.admin.download.Downloading.Limits;
import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.fakes.FakeStore;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.provider.store.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DownloadingTest {
    private static final Upstream HOME = Lab.upstream("{ name: home, kind: ollama }");
    private static final Limits LONG = new Limits(Duration.ofMinutes(5), Duration.ofMinutes(30));

    @Test
    void a_good_end_brings_the_log() {
        Downloading downloading = downloading(FakeStore.lines(Duration.ZERO, "pulling manifest", "success"), LONG);

        assertThat(downloading.end()).isEqualTo("pulling manifest\nsuccess\n");
    }

    @Test
    void what_ollama_refuses_is_said_as_its_program_says_it() {
        GatewayException failure = new GatewayException(
                ErrorKind.UPSTREAM_ERROR,
                "pull model manifest: 400: {\"error\":\"Repository is not GGUF or is not compatible with llama.cpp\"}");

        assertRefused(500, """
                エラーが発生しました（exit code: 1）
                出力:
                pulling manifest... Repository is not GGUF or is not compatible with llama.cpp
                """, downloading(FakeStore.failing("pulling manifest", failure), LONG));
    }

    @Test
    void other_words_of_ollama_are_kept_as_they_are() {
        GatewayException failure =
                new GatewayException(ErrorKind.UPSTREAM_ERROR, "pull model manifest: file does not exist");

        assertRefused(500, """
                エラーが発生しました（exit code: 1）
                出力:
                pulling manifest... pull model manifest: file does not exist
                """, downloading(FakeStore.failing("pulling manifest", failure), LONG));
    }

    @Test
    void an_ollama_that_is_not_there_is_said() {
        GatewayException failure = new GatewayException(
                ErrorKind.UPSTREAM_ERROR, "the upstream cannot be reached", new IOException("refused"));

        assertRefused(502, "Ollama に接続できません（アップストリーム: home）", downloading(FakeStore.failing("x", failure), LONG));
    }

    @Test
    void a_download_that_takes_too_long_says_how_long() {
        Progress slow = FakeStore.lines(Duration.ofSeconds(9), "pulling manifest");

        assertRefused(
                504,
                "ダウンロードがタイムアウトしました（1秒）",
                downloading(slow, new Limits(Duration.ofMinutes(5), Duration.ofSeconds(1))));
    }

    @Test
    void a_download_that_stands_still_says_how_long() {
        GatewayException stalled = new GatewayException(ErrorKind.TIMEOUT, "no progress");

        assertRefused(504, "ダウンロードがタイムアウトしました（5分）", downloading(FakeStore.failing("pulling manifest", stalled), LONG));
    }

    @Test
    void progress_is_the_sum_of_all_layers() {
        DownloadLog log = new DownloadLog();
        log.add(Lab.object("{'status':'pulling a','digest':'a','total':100,'completed':50}"));
        log.add(Lab.object("{'status':'pulling b','digest':'b','total':300}"));
        log.add(Lab.object("{'status':'pulling a','digest':'a','total':100,'completed':100}"));

        assertThat(Lab.written(log.progress()))
                .isEqualTo(Lab.json("{'status':'pulling a','total':400,'completed':100,'percent':25}"));
        assertThat(log.text()).isEqualTo("pulling a\npulling b\n");
    }

    @Test
    void who_watches_gets_events_and_at_the_end_the_answer() throws IOException {
        assertThat(watched(FakeStore.lines(Duration.ZERO, "pulling manifest", "success"), DownloadEvents.Form.EVENTS))
                .isEqualTo("""
                        data: {"status":"pulling manifest"}

                        data: {"status":"success"}

                        data: {"message":"The model has been downloaded","log":"pulling manifest\\nsuccess\\n"}

                        """);
    }

    @Test
    void who_watches_lines_learns_of_a_failure_in_the_last() throws IOException {
        GatewayException stalled = new GatewayException(ErrorKind.TIMEOUT, "no progress");

        assertThat(watched(FakeStore.failing("pulling manifest", stalled), DownloadEvents.Form.LINES))
                .isEqualTo("""
                        {"status":"pulling manifest"}
                        {"detail":"The download timed out (5 min)"}
                        """);
    }

    private static String watched(Progress progress, DownloadEvents.Form form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DownloadEvents(downloading(progress, LONG), form, Locale.ENGLISH).write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Downloading downloading(Progress progress, Limits limits) {
        return new Downloading(HOME, progress, limits);
    }

    private static void assertRefused(int status, String text, Downloading downloading) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(downloading::end).satisfies(e -> {
            assertThat(e.text().in(Locale.JAPANESE)).isEqualTo(text);
            assertThat(e.status()).isEqualTo(status);
        });
    }
}
