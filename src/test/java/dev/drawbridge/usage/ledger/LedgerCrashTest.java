package dev.drawbridge.usage.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.usage.RecordIds;
import dev.drawbridge.usage.Records;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, killed as they write. */
class LedgerCrashTest {
    private static final int ROUNDS = 3;
    private static final int LONG_ENOUGH = 3000;

    @TempDir
    private Path dir;

    /** The process that is killed: writes from several threads, and says of each record when it has been kept. */
    static final class Writer {
        private static final ReentrantLock OUTPUT = new ReentrantLock();

        private Writer() {}

        public static void main(String[] arguments) {
            LedgerLab lab = new LedgerLab(Path.of(arguments[0]));
            for (int thread = 0; thread < 4; thread++) {
                Thread.ofVirtual().start(() -> write(lab));
            }
            write(lab);
        }

        private static void write(LedgerLab lab) {
            while (true) {
                String id = RecordIds.next(System.currentTimeMillis());
                lab.ledger.append(Records.record(id));
                say(id);
            }
        }

        private static void say(String id) {
            OUTPUT.lock();
            try {
                System.out.println(id);
            } finally {
                OUTPUT.unlock();
            }
        }
    }

    @Test
    void a_process_that_is_killed_loses_nothing_and_doubles_nothing() throws Exception {
        Set<String> kept = new HashSet<>();
        for (int round = 1; round <= ROUNDS; round++) {
            kept.addAll(untilKilled(round * LONG_ENOUGH));
        }

        try (LedgerLab lab = new LedgerLab(dir)) {
            lab.add(Records.record("last"));
            List<String> ids = lab.ids();

            assertThat(ids).doesNotHaveDuplicates().containsAll(kept);
            // At most those that were written and not yet said.
            assertThat(ids.size()).isLessThanOrEqualTo(kept.size() + ROUNDS * 5 + 1);
            assertThat(kept).hasSizeGreaterThan(ROUNDS * LONG_ENOUGH);
        }
    }

    private List<String> untilKilled(int records) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            while (line != null) {
                said.add(line);
                if (said.size() == records) {
                    // By the handle: the process itself would close its output before it is read to its end.
                    process.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        }
        assertThat(process.waitFor()).isEqualTo(137);
        // The last line may be torn as well.
        return said.stream().filter(id -> id.length() == 32).toList();
    }
}
