package dev.drawbridge.admin;

import jakarta.ws.rs.ApplicationPath;

/** The state of the upstreams in short, where monitors look for it. */
@ApplicationPath("api/endpoints")
public class EndpointsApplication extends ManagementApplication {
    public EndpointsApplication() {
        super(EndpointsResource.class);
    }
}
