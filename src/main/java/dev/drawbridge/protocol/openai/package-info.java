/**
 * The OpenAI protocol: the door for its clients under {@code /v1} and the door to upstreams that speak it.
 * <p>Contract: <a href="https://github.com/openai/openai-openapi">openai-openapi</a>.
 */
@NullMarked
package dev.drawbridge.protocol.openai;

import org.jspecify.annotations.NullMarked;
