/**
 * Who is told of calls when they are over, and of budgets that come to a mark: observers of CDI events, and webhooks.
 * No call waits for them.
 */
@NullMarked
package dev.drawbridge.usage.hook;

import org.jspecify.annotations.NullMarked;
