/**
 * Who can be asked: upstreams, their presets, the model catalogue, and the door that every upstream protocol implements.
 * <p>Knows nothing of clients and of routes.
 */
@NullMarked
package dev.drawbridge.provider;

import org.jspecify.annotations.NullMarked;
