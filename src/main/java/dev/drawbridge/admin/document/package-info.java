/**
 * The description of the administration's API for OpenAPI: what the server has read from annotations, completed by what
 * its scanning cannot see.
 */
@NullMarked
package dev.drawbridge.admin.document;

import org.jspecify.annotations.NullMarked;
