/**
 * The command line: talks to a running gateway as any client does, over HTTP.
 *
 * <p>Knows nothing of the gateway's inside.
 */
@NullMarked
package dev.drawbridge.cli;

import org.jspecify.annotations.NullMarked;
