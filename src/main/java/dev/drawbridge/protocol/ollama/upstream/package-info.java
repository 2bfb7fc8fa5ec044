/**
 * The Ollama protocol: the door to upstreams that speak its native {@code /api}.
 * <p>Contract: <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API documentation</a>.
 */
@NullMarked
package dev.drawbridge.protocol.ollama.upstream;

import org.jspecify.annotations.NullMarked;
