/**
 * The built-in demonstration upstream: answers without any vendor, key or network, always the same for the same question.
 */
@NullMarked
package dev.drawbridge.protocol.demo;

import org.jspecify.annotations.NullMarked;
