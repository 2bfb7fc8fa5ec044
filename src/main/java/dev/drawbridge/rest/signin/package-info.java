/**
 * What pages of the gateway need of it to let people sign in: where that may be, and the headers that keep pages safe.
 *
 * <p>The sign-in itself happens between browser and identity provider. There is no session here, and no cookie.
 */
@NullMarked
package dev.drawbridge.rest.signin;

import org.jspecify.annotations.NullMarked;
