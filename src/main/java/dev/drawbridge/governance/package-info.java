/**
 * Who calls and what they may do.
 *
 * <p>Knows nothing of HTTP.
 */
@NullMarked
package dev.drawbridge.governance;

import org.jspecify.annotations.NullMarked;
