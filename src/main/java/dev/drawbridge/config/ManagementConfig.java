package dev.drawbridge.config;

import java.time.Duration;

/**
 * How models are managed while the gateway runs.
 *
 * @param singleOllamaModel whether a model of Ollama that is added or switched to takes the earlier ones out
 * @param downloadIdle longest time without any progress of a download
 * @param downloadTotal longest time that a caller of the management API waits for a whole download
 */
public record ManagementConfig(boolean singleOllamaModel, Duration downloadIdle, Duration downloadTotal) {}
