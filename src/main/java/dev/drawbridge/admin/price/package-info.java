/** Prices and exchange rates, as administrators keep them. */
@NullMarked
package dev.drawbridge.admin.price;

import org.jspecify.annotations.NullMarked;
