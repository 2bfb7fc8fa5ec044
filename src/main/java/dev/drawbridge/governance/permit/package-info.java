/**
 * Whether a call may be made, and what is set aside for it: model access, rate limits, budgets.
 *
 * <p>No SQL here: what it counts is in memory, and what it starts from is given to it.
 */
@NullMarked
package dev.drawbridge.governance.permit;

import org.jspecify.annotations.NullMarked;
