/**
 * What is laid down for calls: models, limits, budgets, defaults, and at which level.
 *
 * <p>Knows nothing of who is in the organisation, of counters and of HTTP.
 */
@NullMarked
package dev.drawbridge.governance.rule;

import org.jspecify.annotations.NullMarked;
