package dev.drawbridge.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The gateway itself.
 *
 * @param url how clients reach it; empty where nobody has said
 * @param maxBody longest request body, in bytes
 * @param bodyMemory what the request bodies of all calls at the same time may take, in bytes
 * @param corsOrigins web origins whose pages may call the API; {@code *} stands for any run of characters
 * @param requestLog whether each call writes a line to the log
 * @param maxCalls calls of models at the same time; more are refused
 * @param keepAlive how long an event stream may say nothing before a comment is sent; zero for never
 * @param shutdownGrace how long running calls may go on when the gateway is stopped
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param adminPort the only port for administration, which asks no models; zero where there is no such port
 */
public record ServerConfig(
        Optional<String> url,
        long maxBody,
        long bodyMemory,
        List<String> corsOrigins,
        boolean requestLog,
        int maxCalls,
        Duration keepAlive,
        Duration shutdownGrace,
        List<AddressRange> trustedProxies,
        int adminPort) {}
