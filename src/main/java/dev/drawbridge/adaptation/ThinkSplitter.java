package dev.drawbridge.adaptation;

/**
 * Splits a text that arrives in pieces into the reasoning between the tags and the answer after them. Only a tag at the
 * very beginning counts: further down it is something that the model writes about. Not thread-safe.
 */
final class ThinkSplitter {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private enum State {
        BEFORE,
        INSIDE,
        AFTER_TAG,
        ANSWER
    }

    private State state;
    private String held = "";

    /** @param open whether the text begins inside of the tags */
    ThinkSplitter(boolean open) {
        this.state = open ? State.INSIDE : State.BEFORE;
    }

    /** What a piece adds to either. */
    record Split(String reasoning, String content) {
        Split plus(Split other) {
            return new Split(reasoning + other.reasoning, content + other.content);
        }
    }

    Split feed(String piece) {
        String text = held + piece;
        held = "";
        return switch (state) {
            case BEFORE -> before(text);
            case INSIDE -> inside(text);
            case AFTER_TAG -> afterTag(text);
            case ANSWER -> new Split("", text);
        };
    }

    /** What was held back because it might have become a tag. */
    Split end() {
        String rest = held;
        held = "";
        return state == State.INSIDE ? new Split(rest, "") : new Split("", rest);
    }

    private Split before(String text) {
        String start = text.stripLeading();
        if (start.startsWith(OPEN)) {
            state = State.INSIDE;
            return inside(start.substring(OPEN.length()));
        }
        if (OPEN.startsWith(start)) {
            held = text;
            return new Split("", "");
        }
        state = State.ANSWER;
        return new Split("", text);
    }

    private Split inside(String text) {
        int close = text.indexOf(CLOSE);
        if (close >= 0) {
            state = State.AFTER_TAG;
            return new Split(text.substring(0, close), "").plus(afterTag(text.substring(close + CLOSE.length())));
        }
        int keep = partialTag(text);
        held = text.substring(text.length() - keep);
        return new Split(text.substring(0, text.length() - keep), "");
    }

    /** The blank lines that set the answer off belong to neither. */
    private Split afterTag(String text) {
        String answer = text.stripLeading();
        if (!answer.isEmpty()) {
            state = State.ANSWER;
        }
        return new Split("", answer);
    }

    /** How many characters at the end could be the beginning of the closing tag. */
    private static int partialTag(String text) {
        for (int length = Math.min(CLOSE.length() - 1, text.length()); length > 0; length--) {
            if (CLOSE.startsWith(text.substring(text.length() - length))) {
                return length;
            }
        }
        return 0;
    }
}
