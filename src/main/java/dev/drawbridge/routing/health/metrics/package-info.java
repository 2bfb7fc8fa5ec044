/** The health of targets as gauges of MicroProfile Metrics, on servers that have it. Nobody depends on this. */
@NullMarked
package dev.drawbridge.routing.health.metrics;

import org.jspecify.annotations.NullMarked;
