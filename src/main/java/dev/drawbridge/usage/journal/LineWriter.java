package dev.drawbridge.usage.journal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes a JSON object of texts, whole numbers and objects of these, after some bytes that are left for others. Every
 * call pays for its line, and what is made for all of JSON takes longer. Texts that clients
 * choose are shortened, and what no database takes is taken out of them. Not thread-safe.
 */
final class LineWriter {
    private static final int LONGEST_TEXT = 256;
    private static final int MOST_ENTRIES = 32;
    private static final int USUAL_LENGTH = 512;

    private byte[] bytes = new byte[USUAL_LENGTH];
    private int length;
    private boolean first;

    /** @param room for others at the start */
    LineWriter(int room) {
        this.length = room;
    }

    LineWriter begin() {
        put('{');
        first = true;
        return this;
    }

    LineWriter end() {
        put('}');
        first = false;
        return this;
    }

    /** What is empty is left out. */
    LineWriter text(String name, String value) {
        if (!value.isEmpty()) {
            name(name);
            quoted(value);
        }
        return this;
    }

    LineWriter number(String name, long value) {
        name(name);
        ascii(Long.toString(value));
        return this;
    }

    /** Zero is left out. */
    LineWriter some(String name, long value) {
        return value == 0 ? this : number(name, value);
    }

    /** Without what is too much. */
    LineWriter texts(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            name(name);
            begin();
            values.entrySet().stream().limit(MOST_ENTRIES).forEach(one -> {
                separate();
                quoted(one.getKey());
                put(':');
                quoted(one.getValue());
            });
            end();
        }
        return this;
    }

    /** Begins an object within, to be ended. */
    LineWriter object(String name) {
        name(name);
        return begin();
    }

    /** What has been written, ended by a line feed. */
    byte[] line() {
        put('\n');
        return Arrays.copyOf(bytes, length);
    }

    /** @param name of letters */
    private void name(String name) {
        separate();
        put('"');
        ascii(name);
        put('"');
        put(':');
    }

    private void separate() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private void quoted(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        put('"');
        put(isPlain(encoded) ? encoded : JsonStringEncoder.getInstance().quoteAsUTF8(safe(text)));
        put('"');
    }

    /** A question mark may stand for half a character. */
    private static boolean isPlain(byte[] text) {
        boolean plain = text.length <= LONGEST_TEXT;
        for (byte one : text) {
            plain &= one >= ' ' && one != '?' && one != 0x7f && one != '"' && one != '\\';
        }
        return plain;
    }

    /** No control characters, which PostgreSQL refuses, no halves of characters, which UTF-8 cannot say, no novels. */
    private static String safe(String text) {
        StringBuilder clean = new StringBuilder(LONGEST_TEXT);
        text.substring(0, Math.min(LONGEST_TEXT, text.length()))
                .codePoints()
                .map(one -> one < ' ' || (one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE) ? '_' : one)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    @SuppressWarnings("deprecation") // it takes the lower half of each character, and here there is no other
    private void ascii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    private void put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void put(char one) {
        reserve(1);
        bytes[length++] = (byte) one;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
