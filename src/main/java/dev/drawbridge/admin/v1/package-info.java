/**
 * What all resources under {@code /admin/v1} have in common: the way in and out, pages of lists, versions against lost
 * updates, creation that may be repeated, failures as problem documents, and their description for OpenAPI.
 *
 * <p>Knows none of the resources.
 */
@NullMarked
package dev.drawbridge.admin.v1;

import org.jspecify.annotations.NullMarked;
