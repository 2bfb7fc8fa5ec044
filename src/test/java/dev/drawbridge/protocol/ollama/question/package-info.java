/** Tests of how requests of Ollama's clients are understood. */
@NullMarked
package dev.drawbridge.protocol.ollama.question;

import org.jspecify.annotations.NullMarked;
