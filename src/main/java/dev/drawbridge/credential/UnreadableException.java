package dev.drawbridge.credential;

/** What is stored cannot be decrypted; the message says why. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }
}
