/**
 * The Ollama protocol: the door for its clients under {@code /api}, whatever stands behind a model. What they ask is read
 * in {@code question}, what models say is told in {@code answer}, and {@code upstream} is the door to Ollama servers.
 * <p>Contract: <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API documentation</a>.
 */
@NullMarked
package dev.drawbridge.protocol.ollama;

import org.jspecify.annotations.NullMarked;
