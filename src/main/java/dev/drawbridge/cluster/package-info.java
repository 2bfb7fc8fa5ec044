/** Word to the other nodes over the same database. Everything works without it, only later. */
@NullMarked
package dev.drawbridge.cluster;

import org.jspecify.annotations.NullMarked;
