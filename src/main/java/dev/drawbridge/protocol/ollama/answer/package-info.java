/**
 * What models answer, in Ollama's words: from the hub's replies and chunks to the documents and lines that clients of
 * Ollama read, with durations measured here.
 * <p>Contract: <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API documentation</a>.
 */
@NullMarked
package dev.drawbridge.protocol.ollama.answer;

import org.jspecify.annotations.NullMarked;
