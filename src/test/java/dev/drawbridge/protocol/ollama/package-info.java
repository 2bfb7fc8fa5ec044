/** Tests of the door for Ollama's clients. */
@NullMarked
package dev.drawbridge.protocol.ollama;

import org.jspecify.annotations.NullMarked;
