/**
 * The shipped WAR in a real server, asked by the clients that people use and, for the fine print, byte by byte. One
 * server for all classes; the vendors behind it are {@link dev.drawbridge.fakes.FakeUpstream fakes}.
 */
@NullMarked
package dev.drawbridge.it;

import org.jspecify.annotations.NullMarked;
