/** Tests of how answers are told to Ollama's clients. */
@NullMarked
package dev.drawbridge.protocol.ollama.answer;

import org.jspecify.annotations.NullMarked;
