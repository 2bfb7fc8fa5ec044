package dev.drawbridge.config.file;

import dev.drawbridge.config.DrawbridgeConfig;

/** What another package knows of a valid configuration and this one cannot: names of presets, readable key stores … */
public interface ConfigCheck {
    void check(DrawbridgeConfig config, Problems problems);
}
