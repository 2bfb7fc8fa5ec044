package dev.drawbridge.routing.health;

import java.time.Duration;

/** How a target fares at this moment. Every call asks it of each of its targets: it must be cheap. */
public interface Condition {
    /** Of a target that nobody watches. */
    Condition UNKNOWN = new Condition() {
        @Override
        public Duration closedFor() {
            return Duration.ZERO;
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public double latencyNanos() {
            return 0;
        }

        @Override
        public double warmth() {
            return 1;
        }
    };

    /** How much longer it takes no calls; zero when it is open. */
    Duration closedFor();

    /** The calls that it is serving. */
    int inFlight();

    /** How long its answers take lately, the slow ones counting more; 0 when that was never measured. */
    double latencyNanos();

    /** The part of its weight that it bears, from 0 to 1: less for a while after it was closed. */
    double warmth();
}
