/**
 * What calls cost: prices that hold from a date on, exchange rates, and the arithmetic of both.
 *
 * <p>Knows nothing of calls that run, and nothing of what is kept of them.
 */
@NullMarked
package dev.drawbridge.usage.price;

import org.jspecify.annotations.NullMarked;
