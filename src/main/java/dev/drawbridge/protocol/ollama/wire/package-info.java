/** How bodies of the Ollama API are read and written, whatever they are about. */
@NullMarked
package dev.drawbridge.protocol.ollama.wire;

import org.jspecify.annotations.NullMarked;
