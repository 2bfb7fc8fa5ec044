/**
 * Credentials of upstreams that the gateway keeps itself: in the registry, encrypted with keys that come from outside
 * and are never stored.
 *
 * <p>Knows nothing of how upstreams are called. Nothing here is asked while a model's call waits.
 */
@NullMarked
package dev.drawbridge.credential;

import org.jspecify.annotations.NullMarked;
