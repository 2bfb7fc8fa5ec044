/**
 * The process: its start, its health, and what the Java machine itself needs looking after.
 */
@NullMarked
package dev.drawbridge.runtime;

import org.jspecify.annotations.NullMarked;
