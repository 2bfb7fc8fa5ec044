/**
 * Who comes in through the doors of HTTP: from a request to a caller, or to a refusal.
 *
 * <p>Whom a credential belongs to is for {@code governance} to say.
 */
@NullMarked
package dev.drawbridge.rest.access;

import org.jspecify.annotations.NullMarked;
