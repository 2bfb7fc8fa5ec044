package dev.drawbridge.governance.permit;

import dev.drawbridge.governance.budget.Overdraft;
import dev.drawbridge.governance.limit.Shortage;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Dimension.Measure;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.util.Map;

/** Why a call is not let in, in words for its client. */
final class Refusals {
    private Refusals() {}

    /** Its code is the word that OpenAI has for what is short: {@code requests} or {@code tokens}. */
    static GatewayException limit(Shortage shortage, Map<String, String> headers) {
        Measure measure = shortage.dimension().measure();
        String words = shortage.dimension().word().replace('-', ' ');
        boolean counted = measure == Measure.REQUESTS || measure == Measure.CALLS;
        // Whole milliseconds are what clients are told, and a moment too early would be refused again.
        Duration wait = Duration.ofMillis(Math.ceilDiv(shortage.after().toNanos(), 1_000_000L));
        return new GatewayException(
                        ErrorKind.RATE_LIMITED,
                        "Rate limit reached for %s: %d %s; try again in %s"
                                .formatted(owner(shortage.scope()), shortage.most(), words, words(wait)))
                .withCode(counted ? "requests" : "tokens")
                .withRetryAfter(wait)
                .withHeaders(headers);
    }

    static GatewayException budget(Overdraft overdraft, Map<String, String> headers) {
        BudgetTerms terms = overdraft.budget().terms();
        String of = "the budget of " + owner(overdraft.budget().scope()) + " of "
                + terms.amount().toPlainString() + " " + terms.currency()
                + (terms.period() == Period.TOTAL
                        ? ""
                        : " per " + terms.period().word());
        String begins = terms.period() == Period.TOTAL
                ? ""
                : "; it begins anew at " + overdraft.span().end();
        String message = overdraft.remaining().signum() > 0
                ? "What is left of " + of + " is less than this call may cost" + begins
                : "Nothing is left of " + of + begins;
        return new GatewayException(ErrorKind.QUOTA_EXHAUSTED, message).withHeaders(headers);
    }

    static GatewayException price(String model, String currency) {
        return new GatewayException(
                ErrorKind.FORBIDDEN,
                "No price in " + currency + " is known of the model \"" + model + "\", and budgets need one");
    }

    private static String owner(Scope scope) {
        return scope.level() == Level.ALL
                ? "this gateway"
                : "this " + scope.level().word();
    }

    private static String words(Duration wait) {
        return wait.toMillis() < 1000 ? wait.toMillis() + " ms" : Math.ceilDiv(wait.toMillis(), 1000L) + " s";
    }
}
