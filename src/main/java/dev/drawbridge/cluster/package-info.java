/**
 * The other nodes over the same database: which of them are alive, and word to them. Everything works without the word,
 * only later.
 */
@NullMarked
package dev.drawbridge.cluster;

import org.jspecify.annotations.NullMarked;
