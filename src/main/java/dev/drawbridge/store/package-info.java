/**
 * The database, and the folder and secret that the gateway keeps beside it.
 *
 * <p>Knows nothing of what is stored. Nothing here is asked while a model's call waits.
 */
@NullMarked
package dev.drawbridge.store;

import org.jspecify.annotations.NullMarked;
