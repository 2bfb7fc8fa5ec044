/**
 * Others who may refuse a call before it is made: beans that implement {@link dev.drawbridge.governance.gate.Gate}, and
 * webhooks.
 *
 * <p>They never see a prompt.
 */
@NullMarked
package dev.drawbridge.governance.gate;

import org.jspecify.annotations.NullMarked;
