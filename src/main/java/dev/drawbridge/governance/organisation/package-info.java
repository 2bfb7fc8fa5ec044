/**
 * The organisation: teams, projects, users and keys, and what is laid down for them.
 *
 * <p>Knows nothing of counters, calls and HTTP.
 */
@NullMarked
package dev.drawbridge.governance.organisation;

import org.jspecify.annotations.NullMarked;
