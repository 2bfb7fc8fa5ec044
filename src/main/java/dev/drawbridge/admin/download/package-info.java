/** Downloads of models that somebody waits for, watches or looks after later. */
@NullMarked
package dev.drawbridge.admin.download;

import org.jspecify.annotations.NullMarked;
