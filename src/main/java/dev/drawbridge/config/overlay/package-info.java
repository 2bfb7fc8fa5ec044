/** Changes of the configuration while the gateway runs, which lie over the file and are stored apart from it. */
@NullMarked
package dev.drawbridge.config.overlay;

import org.jspecify.annotations.NullMarked;
