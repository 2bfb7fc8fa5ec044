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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The WAR in a server of its own, with an empty working directory and an environment that names no vendor. */
final class BareServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;
    private final int port;

    private BareServer(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static BareServer start() throws IOException, InterruptedException {
        // Nobody listens there: what runs on a developer's machine must not change what is found.
        return start("first-start", "127.0.0.1:1", List.of());
    }

    /**
     * @param folder of its own, for its data and log
     * @param ollama where an Ollama may be
     * @param options of the JVM
     */
    static BareServer start(String folder, String ollama, List<String> options)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(Path.of("target", "it", folder));
        Path log = home.resolve("server.log");
        int port = freePort();
        ProcessBuilder command = new ProcessBuilder(command(options, port));
        command.environment().clear();
        command.environment().put("OLLAMA_HOST", ollama);
        Process process = command.directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        BareServer server = new BareServer(process, log, port);
        assertThat(Waiting.until(PATIENCE, server::isReady)).as("started").isTrue();
        return server;
    }

    private static List<String> command(List<String> options, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(options);
        command.addAll(List.of(
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
        return command;
    }

    int port() {
        return port;
    }

    /** Tells the process to stop, as Kubernetes, Docker and systemd do. */
    BareServer terminate() {
        process.destroy();
        return this;
    }

    /** Ends the process as {@code kill -9} and a lack of memory do. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The exit code; -1 if it goes on for longer. */
    int awaitExit(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** All that it has said. */
    String output() throws IOException {
        return Files.readString(log);
    }

    private boolean isReady() {
        assertThat(process.isAlive()).as("the server's process").isTrue();
        try {
            return Http.get(url("/health/ready")).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
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
