/** What the management API says, in the language of who asks. */
@NullMarked
package dev.drawbridge.admin.text;

import org.jspecify.annotations.NullMarked;
