package dev.drawbridge.governance.permit;

import static dev.drawbridge.governance.permit.Bench.budget;
import static dev.drawbridge.governance.permit.Bench.budgeted;
import static dev.drawbridge.governance.permit.Bench.call;
import static dev.drawbridge.governance.permit.Bench.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.budget.Kept;
import dev.drawbridge.governance.budget.KeptFile;
import dev.drawbridge.governance.rule.Period;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFileTest {
    @TempDir
    Path folder;

    @Test
    void what_is_written_is_read_again_to_the_last_digit() throws IOException {
        Bench bench = new Bench();
        bench.admit(budgeted(budget("0.00002", Period.TOTAL)), call(1, 0)).settle(used(1, 0));
        bench.admit(budgeted(budget("0.00002", Period.MONTH)), call(2, 0)).settle(used(2, 0));
        Map<String, Kept> kept = bench.book.kept();
        KeptFile file = new KeptFile(folder.resolve("new/budgets.json"));

        file.write(kept);
        file.write(kept);

        assertThat(file.read()).isEqualTo(kept).hasSize(2);
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_file_that_is_not_there_or_broken_says_nothing() throws IOException {
        Path broken = Files.writeString(folder.resolve("budgets.json"), "{\"b\":");

        assertThat(new KeptFile(broken).read()).isEmpty();
        assertThat(new KeptFile(folder.resolve("none.json")).read()).isEmpty();
    }
}
