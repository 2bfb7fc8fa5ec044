package dev.drawbridge.governance.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/** Who else spends of the same budgets, and how much each may spend by itself. Blocking, thread-safe. */
public interface Leases {
    /** What nodes tell each other when calls wait for what others hold. */
    String TOPIC = "budgets";

    /** There is nobody else, and nothing is asked. */
    Leases ALONE = new Leases() {
        @Override
        public boolean isAlone() {
            return true;
        }

        @Override
        public boolean isReachable() {
            return true;
        }

        @Override
        public boolean isForgotten() {
            return false;
        }

        @Override
        public int nodes() {
            return 1;
        }

        @Override
        public void attend() {}

        @Override
        public void onLapse(Runnable listener) {}

        @Override
        public Set<String> sought() {
            return Set.of();
        }

        @Override
        public void change(Slip slip, Function<Others, Lease> decision) {}

        @Override
        public void sweep() {}
    };

    /** A budget in one of its spans. */
    record Slip(String budget, String span, Instant end) {}

    /**
     * The others.
     *
     * @param held by all others that are alive
     * @param nodes that are alive, with this one
     */
    record Others(BigDecimal held, int nodes) {}

    /**
     * What this process has.
     *
     * @param held what it may spend beyond what the ledger has of it
     * @param wanted what calls wait for, as others hold it; zero or more
     */
    record Lease(BigDecimal held, BigDecimal wanted) {}

    /** Whether there can be nobody else, ever. */
    boolean isAlone();

    /** Whether the others were heard of within the last seconds; never blocks. */
    boolean isReachable();

    /** Whether this process has been silent for so long that others take it for dead by now; never blocks. */
    boolean isForgotten();

    /** Those alive, with this one, as far as is known; never blocks. */
    int nodes();

    /** Makes sure that this process is not taken for dead for now. */
    void attend();

    /** Runs when this process finds that it was taken for dead, so that all that it held is void. */
    void onLapse(Runnable listener);

    /** The budgets of which others want more than there is. */
    Set<String> sought();

    /**
     * Changes this process's lease. No other process changes one of the same budget from before the decision until after
     * it is in force.
     *
     * @throws RuntimeException when it cannot be done now; it may have been done all the same
     */
    void change(Slip slip, Function<Others, Lease> decision);

    /** Forgets what is long over. */
    void sweep();
}
