/**
 * What clients of Ollama ask, understood: their documents checked, and said in the hub's form for upstreams that speak
 * something else than Ollama.
 * <p>Contract: <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API documentation</a>.
 */
@NullMarked
package dev.drawbridge.protocol.ollama.question;

import org.jspecify.annotations.NullMarked;
