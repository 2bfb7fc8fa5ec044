package dev.drawbridge.registry;

/**
 * Who changes something.
 *
 * @param name of the caller
 * @param from the address
 */
public record Actor(String name, String from) {
    /** The gateway by itself. */
    public static final Actor GATEWAY = new Actor("gateway", "");
}
