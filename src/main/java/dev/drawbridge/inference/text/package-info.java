/** Texts of requests and answers: very long ones, and how many tokens they are. */
@NullMarked
package dev.drawbridge.inference.text;

import org.jspecify.annotations.NullMarked;
