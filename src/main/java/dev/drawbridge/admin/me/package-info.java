/** Who the caller is, as the gateway sees it. */
@NullMarked
package dev.drawbridge.admin.me;

import org.jspecify.annotations.NullMarked;
