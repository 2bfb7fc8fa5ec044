/**
 * From the text of {@code drawbridge.yaml} to a valid configuration, or to everything that is wrong with it.
 */
@NullMarked
package dev.drawbridge.config.file;

import org.jspecify.annotations.NullMarked;
