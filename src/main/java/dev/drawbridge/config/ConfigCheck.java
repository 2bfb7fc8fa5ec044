package dev.drawbridge.config;

/** What another package knows of a valid configuration and this one cannot: names of presets, readable key stores … */
public interface ConfigCheck {
    void check(DrawbridgeConfig config, Problems problems);
}
