/**
 * Rate limits: what is taken of them by whom, and what comes back with time.
 *
 * <p>Counters of its own: a call takes of several limits at once, all or none, what it takes is corrected downwards and
 * upwards when it is over, and there may be one counter for each of 100,000 keys. Knows nothing of HTTP and money.
 */
@NullMarked
package dev.drawbridge.governance.limit;

import org.jspecify.annotations.NullMarked;
