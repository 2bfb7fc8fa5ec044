/** Stand-ins for what we cannot call, on real sockets. */
@NullMarked
package dev.drawbridge.fakes;

import org.jspecify.annotations.NullMarked;
