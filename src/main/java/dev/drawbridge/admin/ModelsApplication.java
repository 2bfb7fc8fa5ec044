package dev.drawbridge.admin;

import jakarta.ws.rs.ApplicationPath;

/** Models: list, download, add, switch. */
@ApplicationPath("models")
public class ModelsApplication extends ManagementApplication {
    public ModelsApplication() {
        super(ModelsResource.class, DownloadResource.class, ManageResource.class);
    }
}
