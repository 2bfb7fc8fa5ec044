package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import fish.payara.micro.PayaraMicro;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The WAR in a server of its own, with an empty working directory and an environment that names no vendor. */
final class BareServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path FOLDER = Path.of("target", "it", "first-start");

    private final Process process;
    private final int port;

    private BareServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static BareServer start() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        int port = freePort();
        ProcessBuilder command = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                payara(),
                "--deploy",
                absolute("target/drawbridge.war"),
                "--prebootcommandfile",
                absolute("server-config/pre-boot.asadmin"),
                "--port",
                String.valueOf(port),
                "--contextroot",
                "/",
                "--nohazelcast",
                "--disablephonehome"));
        command.environment().clear();
        // Nobody listens there: what runs on a developer's machine must not change what is found.
        command.environment().put("OLLAMA_HOST", "127.0.0.1:1");
        Process process = command.directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        BareServer server = new BareServer(process, port);
        assertThat(Waiting.until(PATIENCE, server::isReady)).as("started").isTrue();
        return server;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** All that it has said. */
    String output() throws IOException {
        return Files.readString(log());
    }

    private boolean isReady() {
        assertThat(process.isAlive()).as("the server's process").isTrue();
        try {
            return Http.get(url("/health/ready")).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static Path log() {
        return FOLDER.resolve("server.log");
    }

    private static String absolute(String path) {
        return new File(path).getAbsolutePath();
    }

    private static String payara() {
        return PayaraMicro.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
