/** What calls used and cost, for administrators, auditors and leads of teams. */
@NullMarked
package dev.drawbridge.admin.usage;

import org.jspecify.annotations.NullMarked;
