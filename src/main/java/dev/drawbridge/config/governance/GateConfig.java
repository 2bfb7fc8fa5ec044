package dev.drawbridge.config.governance;

/**
 * Who is asked before each call.
 *
 * @param refuseOnFailure whether calls are refused while nobody answers there
 */
public record GateConfig(WebhookConfig webhook, boolean refuseOnFailure) {}
