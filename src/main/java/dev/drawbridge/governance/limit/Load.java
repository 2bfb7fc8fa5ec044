package dev.drawbridge.governance.limit;

import dev.drawbridge.governance.rule.Dimension.Measure;

/**
 * What a call takes of what is limited.
 *
 * @param input tokens of the prompt
 * @param output tokens of the answer
 * @param bounded whether no more than {@code output} can come; otherwise it is only usual
 */
public record Load(long input, long output, boolean bounded) {
    /** Clients may ask for any number; so many tokens are more than any limit, and sums of them still numbers. */
    private static final long MOST = 1L << 50;

    public Load {
        input = Math.clamp(input, 0, MOST);
        output = Math.clamp(output, 0, MOST);
    }

    /** Without so much it is not let in. Of an answer of unknown length only the first token is sure. */
    long needed(Measure measure) {
        return amount(measure, input, bounded ? output : Math.min(1, output));
    }

    /** So much it takes if it is there. */
    long wanted(Measure measure) {
        return amount(measure, input, output);
    }

    static long amount(Measure measure, long input, long output) {
        return switch (measure) {
            case REQUESTS, CALLS -> 1;
            case TOKENS -> input + output;
            case INPUT_TOKENS -> input;
            case OUTPUT_TOKENS -> output;
        };
    }
}
