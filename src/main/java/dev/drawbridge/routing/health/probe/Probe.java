package dev.drawbridge.routing.health.probe;

import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.Upstream;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * One question to an upstream: which models it has. Administrators tune it with the properties of MicroProfile Fault
 * Tolerance, such as {@code dev.drawbridge.routing.health.probe.Probe/ask/Retry/maxRetries}. Its breaker is one for all
 * upstreams: it opens only when nearly none can be asked, which then is the gateway's own trouble.
 */
@Singleton
public class Probe {
    /**
     * Returns when the upstream answers, whatever it answers: who refuses a list is there.
     *
     * @throws GatewayException when it does not
     */
    @Retry(maxRetries = 1, delay = 200, jitter = 100, retryOn = GatewayException.class)
    @Timeout(30_000)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.95,
            delay = 5000,
            failOn = {GatewayException.class, TimeoutException.class})
    public void ask(ModelProvider provider, Upstream upstream) {
        try {
            // Only that there is an answer counts.
            int unused = provider.models(upstream).size();
        } catch (GatewayException e) {
            boolean refused = e.getCause() instanceof WebApplicationException answer
                    && answer.getResponse().getStatus() < 500;
            if (!refused && !isOurs(e)) {
                throw e;
            }
        }
    }

    /** What says nothing of the upstream. */
    private static boolean isOurs(GatewayException failure) {
        return switch (failure.kind()) {
            case UPSTREAM_ERROR, OVERLOADED, TIMEOUT -> false;
            default -> true;
        };
    }
}
