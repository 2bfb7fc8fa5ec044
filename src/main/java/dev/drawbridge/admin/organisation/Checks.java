package dev.drawbridge.admin.organisation;

import dev.drawbridge.governance.organisation.Ruled;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes no sense in any entry. */
final class Checks {
    private static final int LONGEST = 200;
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Checks() {}

    static GatewayException wrong(String field, String message) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, message).at(field);
    }

    static void ruled(Ruled value) {
        models(value.models());
        limits(value.limits());
        value.budget().ifPresent(budget -> budget("budget.", budget));
        value.labels().forEach((name, label) -> {
            text("labels", name);
            text("labels." + name, label);
        });
    }

    /** A name that must be there. */
    static void name(String field, String name) {
        text(field, name);
        if (name.isBlank()) {
            throw wrong(field, field + " is missing");
        }
    }

    static void text(String field, String text) {
        if (text.length() > LONGEST) {
            throw wrong(field, field + " is longer than " + LONGEST + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(field, field + " must not have line breaks or other control characters");
        }
    }

    static void models(List<String> models) {
        for (int i = 0; i < models.size(); i++) {
            name("models[" + i + "]", models.get(i));
        }
    }

    static void limits(Map<Dimension, Long> limits) {
        limits.forEach((dimension, most) -> {
            if (most < 1) {
                throw wrong(
                        "limits." + dimension.word(),
                        dimension.word() + " must be 1 or more; to let nothing through, set blocked");
            }
        });
    }

    /** @param path before the names of fields */
    static void budget(String path, BudgetTerms budget) {
        if (budget.amount().signum() < 0) {
            throw wrong(path + "amount", "amount must not be negative");
        }
        if (!CURRENCIES.contains(budget.currency())) {
            throw wrong(path + "currency", "currency must be a code of ISO 4217, such as EUR");
        }
        if (budget.softPercent() < 0 || budget.softPercent() > 100) {
            throw wrong(path + "soft-percent", "soft-percent must be from 0 to 100");
        }
    }
}
