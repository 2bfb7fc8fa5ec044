/** How the upstreams are. */
@NullMarked
package dev.drawbridge.admin.upstream;

import org.jspecify.annotations.NullMarked;
