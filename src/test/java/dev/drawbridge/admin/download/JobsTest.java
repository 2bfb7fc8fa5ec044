package dev.drawbridge.admin.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.fakes.FakeStore;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.store.Progress;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final Jobs jobs = new Jobs();

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void a_job_goes_on_by_itself_and_tells_its_end() throws InterruptedException {
        Job job = start(FakeStore.lines(Duration.ZERO, "pulling manifest", "success"));
        ended(job);

        var document = job.document(Locale.ENGLISH);
        assertThat(document.path("status").asText()).isEqualTo("success");
        assertThat(document.path("message").asText()).isEqualTo("The model has been downloaded");
        assertThat(document.path("log").asText()).isEqualTo("pulling manifest\nsuccess\n");
        assertThat(document.path("upstream").asText()).isEqualTo("home");
        assertThat(document.hasNonNull("finished")).isTrue();
        assertThat(jobs.get(job.id())).isSameAs(job);
    }

    @Test
    void a_failure_is_told_in_detail() throws InterruptedException {
        Job job = start(FakeStore.failing("pulling manifest", new GatewayException(ErrorKind.UPSTREAM_ERROR, "no")));
        ended(job);

        var document = job.document(Locale.JAPANESE);
        assertThat(document.path("status").asText()).isEqualTo("failed");
        assertThat(document.path("detail").asText())
                .isEqualTo("エラーが発生しました（exit code: 1）\n出力:\npulling manifest... no\n");
        assertThat(document.has("message")).isFalse();
    }

    @Test
    void a_cancelled_job_gives_its_download_up_and_stays_cancelled() throws InterruptedException {
        Job job = start(FakeStore.lines(Duration.ofMinutes(1), "pulling manifest"));
        assertThat(job.isRunning()).isTrue();

        jobs.cancel(job.id());
        Thread.sleep(50);

        assertThat(job.document(Locale.FRENCH).path("status").asText()).isEqualTo("cancelled");
        assertThat(jobs.cancel(job.id())).isSameAs(job);
    }

    @Test
    void an_unknown_job_is_not_found() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> jobs.get("nope"))
                .satisfies(e -> assertThat(e.status()).isEqualTo(404));
    }

    private Job start(Progress progress) {
        Downloading.Limits limits = new Downloading.Limits(Duration.ofMinutes(5), Duration.ofMinutes(30));
        return jobs.start("tiny", new Downloading(Lab.upstream("{ name: home, kind: ollama }"), progress, limits));
    }

    private static void ended(Job job) throws InterruptedException {
        for (int i = 0; i < 200 && job.isRunning(); i++) {
            Thread.sleep(10);
        }
    }
}
