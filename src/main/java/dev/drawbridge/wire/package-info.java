/**
 * Bytes to documents and back: JSON, server-sent events, newline-delimited JSON.
 * <p>Knows nothing of what the documents mean.
 */
@NullMarked
package dev.drawbridge.wire;

import org.jspecify.annotations.NullMarked;
