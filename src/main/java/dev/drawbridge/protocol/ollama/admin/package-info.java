/**
 * The part of the Ollama API that administers models, in front of the Ollama upstreams: each request goes to the one
 * that has the model, or that is named.
 */
@NullMarked
package dev.drawbridge.protocol.ollama.admin;

import org.jspecify.annotations.NullMarked;
