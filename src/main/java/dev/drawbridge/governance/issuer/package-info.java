/**
 * Identity providers: which of them count, and how their keys are fetched.
 *
 * <p>Knows nothing of what is in a token.
 */
@NullMarked
package dev.drawbridge.governance.issuer;

import org.jspecify.annotations.NullMarked;
