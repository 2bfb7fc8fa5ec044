/**
 * What accountants do with the ledger: price what had no price, close months, compare it with invoices.
 */
@NullMarked
package dev.drawbridge.usage.account;

import org.jspecify.annotations.NullMarked;
