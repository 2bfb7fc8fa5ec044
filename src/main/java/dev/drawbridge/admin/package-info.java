/**
 * The management API: which models there are, downloads, changes while running, the configuration in force, the state of
 * the upstreams. Beside the APIs of models, at the same port, and guarded as they are.
 */
@NullMarked
package dev.drawbridge.admin;

import org.jspecify.annotations.NullMarked;
