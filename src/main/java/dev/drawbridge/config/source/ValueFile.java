package dev.drawbridge.config.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one value, such as the secret of a container. */
public final class ValueFile {
    /** A value, not a document: whoever names something longer has made a mistake. */
    private static final int LONGEST = 64 * 1024;

    private ValueFile() {}

    /**
     * What it holds, without the blanks and line ends around it, which editors leave.
     *
     * @throws IOException with a message that says why, and nothing of the content
     */
    public static String read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder");
        }
        if (!Files.exists(path)) {
            throw new IOException("it is not there");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException("it is longer than 64 KB");
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }
}
