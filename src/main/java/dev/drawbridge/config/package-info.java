/**
 * Reads {@code drawbridge.yaml} and the environment into one immutable, validated snapshot and swaps it on change.
 * <p>Knows nothing of what the settings are for.
 */
@NullMarked
package dev.drawbridge.config;

import org.jspecify.annotations.NullMarked;
