/**
 * The account of a call: what is laid down for its caller, what is set aside for it, what it cost, and the record of it.
 */
@NullMarked
package dev.drawbridge.gateway.account;

import org.jspecify.annotations.NullMarked;
