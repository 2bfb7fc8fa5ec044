/**
 * Budgets: what is set aside for a call before it is made, and what it cost in the end.
 *
 * <p>Exact: amounts are decimals, never rounded here. What is counted is in memory; what it starts from comes from
 * {@link dev.drawbridge.governance.budget.Spending}, off the request path. Knows nothing of HTTP, prices and SQL.
 */
@NullMarked
package dev.drawbridge.governance.budget;

import org.jspecify.annotations.NullMarked;
