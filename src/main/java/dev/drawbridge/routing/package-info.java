/**
 * From the name that a client asked for to the targets that may answer, in the order in which to try them.
 */
@NullMarked
package dev.drawbridge.routing;

import org.jspecify.annotations.NullMarked;
