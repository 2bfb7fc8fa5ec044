package dev.drawbridge.webhook;

/** A webhook did not answer, or not as it should have. It may next time. */
public final class WebhookException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WebhookException(String message, Throwable cause) {
        super(message, cause);
    }

    WebhookException(String message) {
        super(message);
    }
}
