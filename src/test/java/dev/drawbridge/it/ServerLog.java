package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

/** What the server writes into its log from some moment on. */
record ServerLog(int start) {
    /** A stack trace comes when the server has noticed, which is a moment after the cause. */
    private static final long PATIENCE_MILLIS = 1_000;

    static ServerLog fromHere() throws IOException {
        return new ServerLog(Files.readAllBytes(World.LOG).length);
    }

    String text() throws IOException {
        byte[] all = Files.readAllBytes(World.LOG);
        return new String(Arrays.copyOfRange(all, Math.min(start, all.length), all.length), StandardCharsets.UTF_8);
    }

    /** Nothing that would wake an administrator, and no stack trace, which fills a disk. */
    void assertCalm() throws IOException, InterruptedException {
        Thread.sleep(PATIENCE_MILLIS);
        assertThat(text()).doesNotContain("SEVERE").doesNotContain("\n\tat ");
    }
}
