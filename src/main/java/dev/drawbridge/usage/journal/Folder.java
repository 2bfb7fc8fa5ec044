package dev.drawbridge.usage.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files of one journal, which one process at a time holds. Processes that share a data folder have one each; what a
 * process leaves behind is there for the next, or for any other.
 */
public final class Folder implements AutoCloseable {
    private static final String ENDING = ".journal";
    private static final int MOST = 1000;

    private final Path path;
    private final String id;
    private final FileChannel channel;
    private final FileLock lock;

    private Folder(Path path, FileChannel channel, FileLock lock) throws IOException {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.id = id(path.resolve("id"));
    }

    /** The first that nobody holds, new if need be. */
    public static Folder first(Path parent) throws IOException {
        for (int i = 0; i < MOST; i++) {
            Optional<Folder> free = take(parent.resolve(String.valueOf(i)));
            if (free.isPresent()) {
                return free.get();
            }
        }
        throw new IOException("No free folder in " + parent);
    }

    /** Those that nobody holds any more although something is in them. */
    public static List<Folder> abandoned(Path parent) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.list(parent)) {
            all = paths.filter(path -> Files.exists(path.resolve("id")))
                    .sorted()
                    .toList();
        }
        List<Folder> found = new ArrayList<>();
        for (Path path : all) {
            Optional<Folder> free = take(path);
            if (free.isPresent()) {
                found.add(free.get());
            }
        }
        return found;
    }

    private static Optional<Folder> take(Path path) throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Folder(path, channel, lock));
            }
        } catch (OverlappingFileLockException e) {
            // Somebody else in this process holds it.
        }
        channel.close();
        return Optional.empty();
    }

    /** Under which a database remembers how far it has come with this journal. */
    public String id() {
        return id;
    }

    private static String id(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    Path segment(long number) {
        return path.resolve("%012d%s".formatted(number, ENDING));
    }

    /** The numbers of all segments, in order. */
    public List<Long> segments() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> Long.valueOf(name.substring(0, name.length() - ENDING.length())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forces the names of the files to the disk, so that a new one is found after a failure of the machine. */
    void sync() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** In bytes. */
    public long size(long segment) throws IOException {
        return Files.size(segment(segment));
    }

    /** Its room is free at once, although the file may still be in use as memory for a while. */
    public void delete(long segment) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment(segment).toFile(), "rw")) {
            file.setLength(0);
        }
        Files.deleteIfExists(segment(segment));
    }

    /** Writes down what no database takes, for people to look at. */
    public void setAside(byte[] line) throws IOException {
        Files.write(path.resolve("rejected.log"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
