/** What listeners miss, as gauges of MicroProfile Metrics, on servers that have it. Nobody depends on this. */
@NullMarked
package dev.drawbridge.usage.hook.metrics;

import org.jspecify.annotations.NullMarked;
