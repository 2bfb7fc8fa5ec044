package dev.drawbridge.wire;

import dev.drawbridge.inference.text.LongText;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is written, one array in most cases, and long texts only by where they are. */
final class Pieces extends OutputStream implements LongText.Sink {
    private static final int SEGMENT = 64 * 1024;

    private final List<ByteBuffer> pieces = new ArrayList<>(1);
    private byte[] segment = {};
    private int used;

    /** Larger with each segment that was too small, so that a short document has an array of its very length. */
    private int next;

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        if (count > segment.length - used) {
            cut();
            segment = new byte[Math.max(count, next)];
            next = SEGMENT;
        }
        System.arraycopy(bytes, from, segment, used, count);
        used += count;
    }

    @Override
    public void refer(byte[] bytes, int from, int count) {
        cut();
        pieces.add(ByteBuffer.wrap(bytes, from, count));
        next = 0;
    }

    private void cut() {
        if (used > 0) {
            pieces.add(ByteBuffer.wrap(segment, 0, used));
            segment = new byte[0];
            used = 0;
        }
    }

    /** All that was written, in order. */
    List<ByteBuffer> all() {
        cut();
        return pieces;
    }
}
