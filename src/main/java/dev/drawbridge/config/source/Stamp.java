package dev.drawbridge.config.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** Tells one version of a file from the next; follows the links that Kubernetes swaps. */
record Stamp(String real, FileTime modified, long size) {
    static final Stamp NONE = new Stamp("", FileTime.fromMillis(0), 0);

    static Stamp of(Path path) {
        try {
            Path real = path.toRealPath();
            return new Stamp(real.toString(), Files.getLastModifiedTime(real), Files.size(real));
        } catch (IOException e) {
            return NONE;
        }
    }
}
