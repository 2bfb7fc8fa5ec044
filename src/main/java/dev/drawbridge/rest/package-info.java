/**
 * What all client dialects share at the HTTP door: virtual threads, request ids, access, CORS, and the way from an
 * exception to an answer.
 */
@NullMarked
package dev.drawbridge.rest;

import org.jspecify.annotations.NullMarked;
