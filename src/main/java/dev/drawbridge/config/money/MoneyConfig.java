package dev.drawbridge.config.money;

import java.util.List;

/** What calls cost beyond their prices, and how that is kept. */
public record MoneyConfig(List<RateConfig> rates, LedgerConfig ledger) {}
