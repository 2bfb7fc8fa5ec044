/**
 * Whether clients are still there: calls of clients that have gone are ended, silent streams are kept alive.
 *
 * <p>Knows nothing of models and of dialects.
 */
@NullMarked
package dev.drawbridge.rest.presence;

import org.jspecify.annotations.NullMarked;
