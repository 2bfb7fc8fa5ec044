/**
 * What the configuration says of money: prices beyond those of tokens, exchange rates, how the ledger is kept.
 */
@NullMarked
package dev.drawbridge.config.money;

import org.jspecify.annotations.NullMarked;
