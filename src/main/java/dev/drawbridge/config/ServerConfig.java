package dev.drawbridge.config;

import java.util.List;
import java.util.Optional;

/**
 * The gateway itself.
 *
 * @param url how clients reach it; empty where nobody has said
 * @param maxBody longest request body, in bytes
 * @param corsOrigins web origins whose pages may call the API; {@code *} stands for any run of characters
 * @param requestLog whether each call writes a line to the log
 */
public record ServerConfig(Optional<String> url, long maxBody, List<String> corsOrigins, boolean requestLog) {}
