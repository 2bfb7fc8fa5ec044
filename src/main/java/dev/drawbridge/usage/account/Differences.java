package dev.drawbridge.usage.account;

import dev.drawbridge.usage.ledger.UsageSum;
import dev.drawbridge.usage.ledger.UsageSum.Counts;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/** Why two figures of the same thing may differ, from what the ledger knows of its own. */
final class Differences {
    /** Invoices are rounded to cents. */
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private Differences() {}

    static void reasons(UsageSum sum, String currency, Invoice.Line line, List<String> reasons) {
        Counts ours = sum.counts();
        BigDecimal cost = sum.cost().getOrDefault(currency, BigDecimal.ZERO);
        boolean tokens = differ(ours.tokens().input(), line.inputTokens())
                || differ(ours.tokens().output(), line.outputTokens());
        boolean requests = differ(ours.requests(), line.requests());
        boolean amounts = line.amount()
                .filter(amount -> amount.subtract(cost).abs().compareTo(CENT) >= 0)
                .isPresent();
        if (requests && ours.failed() > 0) {
            reasons.add("The ledger counts failed calls too, of which there were " + ours.failed());
        } else if (requests) {
            reasons.add("Another number of calls: some went past this gateway, or were tried again by it");
        }
        if (tokens && ours.estimated() > 0) {
            reasons.add("The tokens of " + ours.estimated() + " calls are estimates of this gateway");
        } else if (tokens && !requests) {
            reasons.add("The vendor counts other tokens than it has reported with its answers");
        } else if (tokens) {
            reasons.add("Other tokens, as there are other calls");
        }
        if (amounts) {
            amounts(sum, currency, tokens, reasons);
        }
    }

    private static void amounts(UsageSum sum, String currency, boolean tokens, List<String> reasons) {
        if (sum.counts().unpriced() > 0) {
            reasons.add(
                    "The cost of " + sum.counts().unpriced() + " calls is not known: enter their price and reprice");
        }
        List<String> others = sum.cost().keySet().stream()
                .filter(other -> !other.equals(currency))
                .toList();
        if (!others.isEmpty()) {
            reasons.add("The ledger has costs in another currency than the invoice: " + String.join(", ", others));
        } else if (!tokens && sum.counts().unpriced() == 0) {
            reasons.add("The same tokens at another price: compare the vendor's with the one of this gateway");
        }
    }

    private static boolean differ(long ours, OptionalLong theirs) {
        return theirs.isPresent() && theirs.getAsLong() != ours;
    }
}
