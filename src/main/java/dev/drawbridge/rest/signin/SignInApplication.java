package dev.drawbridge.rest.signin;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** What pages may know before anybody has signed in. */
@ApplicationPath("auth")
public class SignInApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(SignInResource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", "true");
    }
}
