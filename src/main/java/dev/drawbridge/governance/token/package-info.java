/**
 * Signed tokens (JWT, RFC 7519) of identity providers, and the callers that they are of. The only user of the JOSE library
 * and of the cache library.
 *
 * <p>Knows nothing of HTTP, nor where keys come from.
 */
@NullMarked
package dev.drawbridge.governance.token;

import org.jspecify.annotations.NullMarked;
