package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The official JavaScript library of Ollama, from the npm registry, run by Node. */
final class OllamaJavaScript {
    private static final Path FOLDER = Path.of("target", "ollama-js");
    private static final String LIBRARY = "ollama@0.6.4";
    private static final String SCRIPT = "ollama.mjs";

    private OllamaJavaScript() {}

    /** What a program printed, and how it ended. */
    private record Ended(int code, String output) {}

    /** Fetches the library; skips the tests of whoever has no Node, unless it is the CI that has none. */
    static void install() {
        try {
            Files.createDirectories(FOLDER);
            Files.copy(
                    Path.of("src", "test", "js", SCRIPT), FOLDER.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
            Ended node = run(List.of("node", "--version"));
            Ended npm = run(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", ".", LIBRARY));
            if (node.code() != 0 || npm.code() != 0) {
                skip("npm could not install " + LIBRARY + ":\n" + npm.output());
            }
        } catch (IOException e) {
            skip("there is no Node.js with npm here: " + e.getMessage());
        }
    }

    private static void skip(String why) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("The official JavaScript library must be tested where CI=true, but " + why);
        }
        abort("The official JavaScript library is not tested: " + why);
    }

    /**
     * The answer of one function of the library.
     *
     * @param arguments a JSON document in which single quotes stand for double ones
     */
    static JsonNode call(String function, String arguments) {
        String url = RunningServer.url().toString();
        try {
            Ended ended = run(List.of("node", SCRIPT, url, function, arguments.replace('\'', '"')));
            assertThat(ended.code()).as(ended.output()).isZero();
            return Http.json(ended.output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ended run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s has ended", command)
                    .isTrue();
            return new Ended(process.exitValue(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
