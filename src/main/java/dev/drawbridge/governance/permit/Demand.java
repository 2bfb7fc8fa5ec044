package dev.drawbridge.governance.permit;

import dev.drawbridge.governance.budget.Quote;

/** What a call may use and cost, as far as it is known before. One for each call, not thread-safe. */
public interface Demand extends Quote {
    /** The gateway's own id of the model that is asked for. */
    String model();

    /** A bound of the prompt's tokens that costs no time; often far too high. */
    long inputBound();

    /** The prompt's tokens, counted when first asked for, with a margin for other tokenizers. */
    long input();

    /** The most tokens that may come, or the usual where nobody says. */
    long output();

    /** Whether {@link #output} is a bound: the upstream is told of it. */
    boolean outputBounded();
}
