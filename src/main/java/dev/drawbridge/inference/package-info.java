/**
 * The hub: what a call to a model is, whoever asks and whoever answers.
 * <p>The OpenAI document is the canonical form. The types here wrap its parsed JSON tree, so that fields that nobody has
 * named yet survive. Trees are shared and never changed in place: every edit makes a copy of what it touches.
 * <p>Knows nothing of HTTP, of configuration, of vendors.
 */
@NullMarked
package dev.drawbridge.inference;

import org.jspecify.annotations.NullMarked;
