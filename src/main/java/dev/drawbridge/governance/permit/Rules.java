package dev.drawbridge.governance.permit;

import dev.drawbridge.config.governance.BudgetConfig;
import java.time.ZoneId;

/**
 * How budgets are counted.
 *
 * @param zone whose calendar the periods follow
 * @param refuseUnknownPrice whether a model whose price is not known is refused to whoever has a budget
 */
public record Rules(ZoneId zone, boolean refuseUnknownPrice) {
    static Rules of(BudgetConfig config) {
        return new Rules(config.zone(), config.refuseUnknownPrice());
    }
}
