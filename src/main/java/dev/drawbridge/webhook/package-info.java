/**
 * Signed calls of addresses that the configuration names.
 *
 * <p>Knows nothing of what they are about.
 */
@NullMarked
package dev.drawbridge.webhook;

import org.jspecify.annotations.NullMarked;
