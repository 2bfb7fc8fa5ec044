/**
 * How each target is: whether it may be asked now, by which credential, how fast it is, how much of it is in use. Learns
 * from what became of calls.
 * <p>Knows nothing of routes: who is asked instead is for others to say.
 */
@NullMarked
package dev.drawbridge.routing.health;

import org.jspecify.annotations.NullMarked;
