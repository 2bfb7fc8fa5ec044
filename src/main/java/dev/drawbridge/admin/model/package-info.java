/** Which models there are, and changes of them while the gateway runs. */
@NullMarked
package dev.drawbridge.admin.model;

import org.jspecify.annotations.NullMarked;
