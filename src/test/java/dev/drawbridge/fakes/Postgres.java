package dev.drawbridge.fakes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real PostgreSQL of the machine's own, with a folder and a port of its own. It can be stopped and started again. */
public final class Postgres implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path programs;
    private final Path folder;
    private final int port;

    private static final class Shared {
        static final Postgres SERVER = shared();

        private static Postgres shared() {
            Postgres server = started();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        }
    }

    private Postgres(Path programs) {
        try (ServerSocket free = new ServerSocket(0)) {
            this.programs = programs;
            this.port = free.getLocalPort();
            this.folder = Files.createTempDirectory(Path.of("/tmp"), "drawbridge-pg");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One for all tests of this process; where none is installed the test is skipped, but not in CI. */
    public static Postgres server() {
        installed();
        return Shared.SERVER;
    }

    /** One for this test alone. */
    public static Postgres started() {
        Postgres server = new Postgres(installed());
        if (isRoot()) {
            server.run(List.of("chown", "postgres", server.folder.toString()));
        }
        server.runAsOwner("initdb", "-D", server.data(), "-U", "drawbridge", "-A", "trust", "--no-sync", "-E", "UTF8");
        server.start();
        return server;
    }

    private static Path installed() {
        Optional<Path> programs = programs();
        assumeTrue(
                programs.isPresent() || "true".equals(System.getenv("CI")),
                "PostgreSQL is not installed in " + PROGRAMS + ": nothing was tested with it");
        return programs.orElseThrow(() -> new IllegalStateException("CI needs PostgreSQL in " + PROGRAMS));
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(PROGRAMS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PROGRAMS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        String options = "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off";
        runAsOwner(
                "pg_ctl",
                "-D",
                data(),
                "-o",
                options,
                "-l",
                folder.resolve("log").toString(),
                "-w",
                "start");
    }

    public void stop() {
        runAsOwner("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** An empty database's name. */
    public String newDatabase() {
        String name = "test" + COUNT.incrementAndGet();
        runAsOwner("createdb", "-h", folder.toString(), "-p", Integer.toString(port), "-U", "drawbridge", name);
        return name;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=drawbridge";
    }

    /** Runs one of PostgreSQL's programs on a database. */
    public void run(String program, String database, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("-h", folder.toString(), "-p", Integer.toString(port), "-U", "drawbridge", "-d", database));
        all.addAll(List.of(arguments));
        runAsOwner(program, all.toArray(String[]::new));
    }

    /** PostgreSQL does not run as root. */
    private void runAsOwner(String program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void run(List<String> command) {
        try {
            // The server keeps what it inherits open, so that reading it would never end.
            Path said = Files.createTempFile("drawbridge-pg", ".out");
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/tmp").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            int status = process.waitFor();
            String output = Files.readString(said);
            Files.delete(said);
            if (status != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (IllegalStateException e) {
            // It was stopped by the test.
        }
        run(List.of("rm", "-rf", folder.toString()));
    }
}
