/**
 * The use cases: route, take the first target that succeeds, meter, answer.
 * <p>Knows no dialect.
 */
@NullMarked
package dev.drawbridge.gateway;

import org.jspecify.annotations.NullMarked;
