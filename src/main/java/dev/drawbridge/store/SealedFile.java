package dev.drawbridge.store;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;

/**
 * Lines in a file that is replaced as a whole, readable only by the gateway's own account, and believed only with its
 * seal: the last line.
 */
public final class SealedFile {
    private final Path path;
    private final byte[] key;

    public SealedFile(Path path, byte[] key) {
        this.path = path;
        this.key = key.clone();
    }

    /** @param lines without line breaks */
    public void write(Stream<String> lines) throws IOException {
        Path whole = Files.createTempFile(
                path.getParent(), path.getFileName().toString(), ".tmp", DataFolder.confidential());
        try {
            try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                writeTo(channel, lines);
            }
            Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private void writeTo(FileChannel channel, Stream<String> lines) throws IOException {
        Mac mac = GatewaySecret.mac(key);
        BufferedWriter out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), 1 << 16);
        for (Iterator<String> rest = lines.iterator(); rest.hasNext(); ) {
            String line = rest.next() + "\n";
            mac.update(line.getBytes(StandardCharsets.UTF_8));
            out.write(line);
        }
        out.write(HexFormat.of().formatHex(mac.doFinal()) + "\n");
        out.flush();
        channel.force(true);
    }

    /**
     * The lines as they were written.
     *
     * @throws IOException also when it is not there, or its seal is not right
     */
    public List<String> read() throws IOException {
        Mac mac = GatewaySecret.mac(key);
        List<String> lines = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(path)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        }
        if (lines.isEmpty()) {
            throw new IOException(path + " is empty");
        }
        String seal = lines.removeLast();
        lines.forEach(line -> mac.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        byte[] expected = HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, seal.getBytes(StandardCharsets.UTF_8))) {
            throw new IOException(path + " was not written with this gateway's secret, or was changed since");
        }
        return lines;
    }
}
