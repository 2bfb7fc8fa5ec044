/**
 * Connections to upstreams, and the only user of the HTTP client library.
 * <p>Knows nothing of models and of providers.
 */
@NullMarked
package dev.drawbridge.transport;

import org.jspecify.annotations.NullMarked;
