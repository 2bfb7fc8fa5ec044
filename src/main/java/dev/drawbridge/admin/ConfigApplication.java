package dev.drawbridge.admin;

import jakarta.ws.rs.ApplicationPath;

/** The configuration in force. */
@ApplicationPath("config")
public class ConfigApplication extends ManagementApplication {
    public ConfigApplication() {
        super(ConfigResource.class);
    }
}
