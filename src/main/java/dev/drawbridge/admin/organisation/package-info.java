/**
 * Teams, projects, users, keys, budgets and limits: who may see and change them, and what of it makes sense.
 *
 * <p>Knows nothing of how calls are counted.
 */
@NullMarked
package dev.drawbridge.admin.organisation;

import org.jspecify.annotations.NullMarked;
