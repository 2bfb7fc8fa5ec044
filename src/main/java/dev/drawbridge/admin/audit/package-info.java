/** Who changed what, for those who have to know. */
@NullMarked
package dev.drawbridge.admin.audit;

import org.jspecify.annotations.NullMarked;
