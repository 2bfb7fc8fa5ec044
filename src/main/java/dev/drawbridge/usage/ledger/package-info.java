/**
 * The ledger: what every call used and cost, for good. From the journal to the database, and what can be asked of it.
 *
 * <p>Knows nothing of calls that run; none waits for the database.
 */
@NullMarked
package dev.drawbridge.usage.ledger;

import org.jspecify.annotations.NullMarked;
