package dev.drawbridge.admin.model;

/** Ollama's names, which have a tag whether or not it is written. */
final class Names {
    private static final String LATEST = ":latest";

    private Names() {}

    static boolean same(String one, String other) {
        return one.equals(other) || (one + LATEST).equals(other) || one.equals(other + LATEST);
    }
}
