/**
 * What is changed in a request, or in its reply, because one upstream or model cannot take it as the client sent it.
 * <p>Every rule has a name, one class and an entry in {@code catalog/*.yaml}, and reports what it did.
 */
@NullMarked
package dev.drawbridge.adaptation;

import org.jspecify.annotations.NullMarked;
