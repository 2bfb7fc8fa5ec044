package dev.drawbridge.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.wire.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium of its own, with an empty profile and no window. Each of its tabs has a session storage of its own. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();

    private Chromium(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Skips the test where there is none, but not in CI. */
    public static Chromium start(Path profile) {
        Optional<Path> program = program();
        assumeTrue(
                program.isPresent() || "true".equals(System.getenv("CI")),
                "no Chromium is installed: apt install chromium");
        try {
            Process process = new ProcessBuilder(
                            program.orElseThrow().toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--no-first-run",
                            "--user-data-dir=" + profile.toAbsolutePath(),
                            "--remote-debugging-port=0",
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("chromium.log").toFile())
                    .start();
            return new Chromium(process, "http://127.0.0.1:" + port(process, profile.resolve("DevToolsActivePort")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int port(Process process, Path file) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() > 1) {
                return Integer.parseInt(lines.getFirst());
            }
            Tab.pause();
        }
        process.destroyForcibly();
        throw new IllegalStateException("Chromium did not start");
    }

    /** Opens the page, and waits until it is loaded. */
    public Tab open(String page) {
        try {
            HttpRequest ask = HttpRequest.newBuilder(URI.create(address + "/json/new?about:blank"))
                    .PUT(BodyPublishers.noBody())
                    .build();
            byte[] answer = client.send(ask, BodyHandlers.ofByteArray()).body();
            String socket = JsonCodec.parse(answer).path("webSocketDebuggerUrl").asText();
            return new Tab(client, URI.create(socket)).go(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
