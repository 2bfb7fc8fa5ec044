package dev.drawbridge.config.governance;

import java.util.List;

/**
 * How calls are governed.
 *
 * @param before who is asked before each call
 * @param after who is told of each call
 */
public record GovernanceConfig(BudgetConfig budgets, List<GateConfig> before, List<ListenerConfig> after) {}
