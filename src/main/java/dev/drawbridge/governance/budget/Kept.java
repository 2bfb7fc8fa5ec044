package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.budget.BudgetNotice.Mark;
import dev.drawbridge.governance.rule.BudgetTerms;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept of a budget for the next process.
 *
 * @param span its start in words, with period and currency: figures of another say nothing
 * @param told the marks that were told of
 */
public record Kept(String span, BigDecimal spent, Set<Mark> told) {
    static Kept of(Page page, BudgetTerms terms) {
        return new Kept(
                name(page),
                page.spent,
                Arrays.stream(Mark.values())
                        .filter(mark -> page.hasTold(mark, terms))
                        .collect(Collectors.toSet()));
    }

    /** Puts it into the page that it was taken from in another life. */
    void into(Page page, BudgetTerms terms) {
        if (span.equals(name(page))) {
            page.spent = spent;
            page.settled = spent;
            page.recorded = spent;
            told.forEach(mark -> page.tell(mark, terms));
        }
    }

    static String name(Page page) {
        return page.span.start() + " " + page.period.word() + " " + page.currency;
    }
}
