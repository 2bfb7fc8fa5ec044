package dev.drawbridge.admin.text;

/** Why the management API does not do what it was asked to. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Text text;

    public Refusal(int status, Text text) {
        // An answer, not an accident: no stack trace.
        super(text.key(), null, false, false);
        this.status = status;
        this.text = text;
    }

    public static Refusal badRequest(String key, Object... arguments) {
        return new Refusal(400, Text.of(key, arguments));
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    public Text text() {
        return text;
    }
}
