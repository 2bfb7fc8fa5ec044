/** The door to upstreams that keep the weights of models, and fetch more. */
@NullMarked
package dev.drawbridge.provider.store;

import org.jspecify.annotations.NullMarked;
