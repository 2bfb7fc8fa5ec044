/** What administrators do with stored credentials of upstreams. Knows nothing that would show one. */
@NullMarked
package dev.drawbridge.admin.credential;

import org.jspecify.annotations.NullMarked;
