package dev.drawbridge.runtime;

import dev.drawbridge.governance.Admission;
import dev.drawbridge.routing.Models;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * What {@code /health/live} and {@code /health/ready} say. No upstream's trouble makes the gateway itself unready, and
 * not the database's, without which known keys go on; its own end does, and not knowing any keys yet.
 */
@ApplicationScoped
public class GatewayHealth {

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.up("drawbridge");
    }

    @Produces
    @Readiness
    HealthCheck ready(Startup startup, Models models, Admission admission, Storage storage) {
        return () -> storage.tell(HealthCheckResponse.named("drawbridge")
                        .status(startup.isReady() && admission.isOpen() && storage.isKnown())
                        .withData("calls", admission.running())
                        .withData("models", models.current().routes().size())
                        .withData("upstreams", models.current().upstreams().size()))
                .build();
    }
}
