/** A real browser for tests of pages, driven by the DevTools protocol. */
@NullMarked
package dev.drawbridge.browser;

import org.jspecify.annotations.NullMarked;
