/**
 * Records of calls on the local disk, from the end of a call until they are in the database: a folder of files that
 * only grow, in lines that each carry a checksum.
 *
 * <p>Knows nothing of the database.
 */
@NullMarked
package dev.drawbridge.usage.journal;

import org.jspecify.annotations.NullMarked;
