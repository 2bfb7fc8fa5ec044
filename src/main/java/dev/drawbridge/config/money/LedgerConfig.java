package dev.drawbridge.config.money;

/**
 * How the records of calls are kept.
 *
 * @param enabled whether any are kept; without them budgets are known to this process alone
 * @param keepDays after which single records are deleted; sums by the hour stay
 */
public record LedgerConfig(boolean enabled, Sync sync, OnFailure onFailure, int keepDays) {

    /** When a record is forced to the disk, to survive a failure of the machine. */
    public enum Sync {
        /** With all others of the last tenth of a second. */
        GROUPED,
        /** Before the call's answer ends. */
        EACH
    }

    /** What happens to calls when nothing can be written to the disk. */
    public enum OnFailure {
        /** They go on; their records wait in memory, as many as there is room for. */
        GO_ON,
        /** None is answered without a record of it. */
        REFUSE
    }
}
