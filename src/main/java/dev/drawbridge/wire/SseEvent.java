package dev.drawbridge.wire;

/**
 * One server-sent event.
 *
 * @param name the {@code event} field, empty where there is none
 * @param data the joined {@code data} lines; never changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // a view of bytes on their way, never compared
public record SseEvent(String name, byte[] data) {

    /** Whether the data starts with this ASCII text. */
    public boolean dataStartsWith(String text) {
        if (data.length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (data[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
