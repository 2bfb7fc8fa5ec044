package dev.drawbridge.store;

/** The database cannot be reached, or not be used as it is. What was asked of it was not done, as far as is known. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
