/**
 * What is known beforehand, as data: kinds of provider in {@code catalog/providers.yaml}, models in
 * {@code catalog/models.yaml}, what failures mean in {@code catalog/failures.yaml}.
 *
 * <p>Knows nothing of connections.
 */
@NullMarked
package dev.drawbridge.catalog;

import org.jspecify.annotations.NullMarked;
