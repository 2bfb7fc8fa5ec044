/** Files beside the configuration's own whose content is a value in it, and when any of them has changed. */
@NullMarked
package dev.drawbridge.config.source;

import org.jspecify.annotations.NullMarked;
