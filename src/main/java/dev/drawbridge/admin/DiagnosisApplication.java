package dev.drawbridge.admin;

import jakarta.ws.rs.ApplicationPath;

/** For administrators alone. */
@ApplicationPath("admin/v1")
public class DiagnosisApplication extends ManagementApplication {
    public DiagnosisApplication() {
        super(DiagnosisResource.class, HealthResource.class);
    }
}
