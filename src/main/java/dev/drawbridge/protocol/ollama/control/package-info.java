/**
 * What Ollama servers do besides answering: keeping, fetching and making models.
 *
 * <p>Contract: <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API documentation</a>.
 */
@NullMarked
package dev.drawbridge.protocol.ollama.control;

import org.jspecify.annotations.NullMarked;
