package dev.drawbridge.inference;

/** The kinds of call, each with the capability that a model needs for it. */
public enum Operation {
    CHAT("chat"),
    COMPLETION("completion"),
    EMBEDDING("embeddings");

    private final String capability;

    Operation(String capability) {
        this.capability = capability;
    }

    /** The word for it in the model catalogue's {@code capabilities}. */
    public String capability() {
        return capability;
    }
}
