/**
 * What calls used and how they went: the record of a call and the request log.
 */
@NullMarked
package dev.drawbridge.usage;

import org.jspecify.annotations.NullMarked;
