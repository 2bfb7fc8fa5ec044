package dev.drawbridge.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of files, and names as servers write them. */
class SubstitutionSourcesTest {
    private static final Map<String, String> VALUES =
            Map.of("${ALIAS=both}", "of the alias", "both", "of another source", "plain", "p", "file", "f");

    @TempDir
    private Path dir;

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${ALIAS=both}|of the alias",
                "${both}|of another source",
                "${ALIAS=plain}|p",
                "${ENV=plain}|p",
                "${MPCONFIG=plain}|p",
                "Bearer ${ALIAS=both}!|Bearer of the alias!",
                "${ALIAS=none:otherwise}|otherwise",
                "${OTHER=plain}|${OTHER=plain}",
                "${file}|f",
                "${file:}|f"
            })
    void names_may_be_written_as_the_server_writes_them(String text, String expected) {
        assertThat(value(text)).isEqualTo(expected);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void a_missing_alias_is_a_problem() {
        value("${ALIAS=none}");

        assertThat(problems.all()).containsExactly("v: the variable none is not set (${none:} would allow that)");
    }

    @Test
    void a_file_is_a_value_without_its_line_end() throws IOException {
        Path secret = Files.writeString(dir.resolve("api-key"), " sk-${plain}$1 \r\n");

        assertThat(value("${file:" + secret + "}")).isEqualTo("sk-${plain}$1");
        assertThat(value("Bearer ${file:" + secret + "}")).isEqualTo("Bearer sk-${plain}$1");
        assertThat(Substitution.files(Json.object()
                        .put("a", "${file:" + secret + "}${file: x }${file}${ENV=file:y}")
                        .put("b", 1)))
                .containsExactly(secret, Path.of("x"));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void what_cannot_be_a_value_is_a_problem_that_says_nothing_of_the_content() throws IOException {
        Path blank = Files.writeString(dir.resolve("blank"), " \n");
        Path large = Files.writeString(dir.resolve("large"), "x".repeat(65 * 1024));
        value("${file:" + dir + "}");
        value("${file:" + dir.resolve("none") + "}");
        value("${file:" + blank + "}");
        value("${file:" + large + "}");

        assertThat(problems.all())
                .containsExactly(
                        "v: the file " + dir + " cannot be read: it is a folder",
                        "v: the file " + dir.resolve("none") + " cannot be read: it is not there",
                        "v: the file " + blank + " is empty",
                        "v: the file " + large + " cannot be read: it is longer than 64 KB");
    }

    private String value(String text) {
        JsonNode document = Json.object().put("v", text);
        return new Substitution(name -> Optional.ofNullable(VALUES.get(name)), problems)
                .apply(document, "")
                .path("v")
                .asText();
    }
}
