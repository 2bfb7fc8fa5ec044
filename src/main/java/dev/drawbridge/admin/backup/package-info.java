/** Backups: the database, copied while it is in use. */
@NullMarked
package dev.drawbridge.admin.backup;

import org.jspecify.annotations.NullMarked;
