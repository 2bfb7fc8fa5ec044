/** The gateway's own keys: how they are made, recognised and changed. */
@NullMarked
package dev.drawbridge.governance.key;

import org.jspecify.annotations.NullMarked;
