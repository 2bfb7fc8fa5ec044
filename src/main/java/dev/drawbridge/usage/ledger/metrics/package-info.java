/** The ledger's state as gauges of MicroProfile Metrics, on servers that have it. Nobody depends on this. */
@NullMarked
package dev.drawbridge.usage.ledger.metrics;

import org.jspecify.annotations.NullMarked;
