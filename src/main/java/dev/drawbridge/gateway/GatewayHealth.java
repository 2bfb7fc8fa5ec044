package dev.drawbridge.gateway;

import dev.drawbridge.routing.Models;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** What {@code /health/live} and {@code /health/ready} say. No upstream's trouble makes the gateway itself unready. */
@ApplicationScoped
public class GatewayHealth {

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.up("drawbridge");
    }

    @Produces
    @Readiness
    HealthCheck ready(Startup startup, Models models) {
        return () -> HealthCheckResponse.named("drawbridge")
                .status(startup.isReady())
                .withData("models", models.current().routes().size())
                .withData("upstreams", models.current().upstreams().size())
                .build();
    }
}
