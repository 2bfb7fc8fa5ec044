package dev.drawbridge.usage.journal;

/**
 * A place in a journal; all before it has been read.
 *
 * @param segment number of the file
 * @param offset bytes from its beginning
 */
public record Position(long segment, long offset) {
    public static final Position START = new Position(0, 0);
}
