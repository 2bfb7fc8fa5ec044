/** What the configuration says of budgets and of those who are asked and told about calls. */
@NullMarked
package dev.drawbridge.config.governance;

import org.jspecify.annotations.NullMarked;
