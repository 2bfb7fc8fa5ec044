/**
 * Who makes a call, as the audit knows them; and what administrators do to things that the registry does not keep, in the
 * audit all the same.
 *
 * <p>Knows nothing of what is done.
 */
@NullMarked
package dev.drawbridge.rest.audit;

import org.jspecify.annotations.NullMarked;
