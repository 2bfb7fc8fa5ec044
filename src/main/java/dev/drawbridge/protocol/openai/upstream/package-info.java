/**
 * The door to upstreams that speak the OpenAI protocol, well or badly: whatever they send becomes the hub's form here.
 *
 * <p>Knows nothing of clients.
 */
@NullMarked
package dev.drawbridge.protocol.openai.upstream;

import org.jspecify.annotations.NullMarked;
