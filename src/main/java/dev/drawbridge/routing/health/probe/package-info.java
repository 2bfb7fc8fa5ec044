/** Asks upstreams how they are, where the configuration wants it, so that calls need not find out. */
@NullMarked
package dev.drawbridge.routing.health.probe;

import org.jspecify.annotations.NullMarked;
