/**
 * The organisation as it is now: what of it applies to whom, and who is new in it.
 *
 * <p>Knows nothing of counters, calls and HTTP.
 */
@NullMarked
package dev.drawbridge.governance.directory;

import org.jspecify.annotations.NullMarked;
