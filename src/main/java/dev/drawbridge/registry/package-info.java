/**
 * Documents that administrators keep: versioned, audited, in the database and in the memory of every node.
 *
 * <p>Knows nothing of what the documents are about.
 */
@NullMarked
package dev.drawbridge.registry;

import org.jspecify.annotations.NullMarked;
