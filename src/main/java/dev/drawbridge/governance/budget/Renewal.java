package dev.drawbridge.governance.budget;

import dev.drawbridge.governance.budget.Leases.Lease;
import dev.drawbridge.governance.budget.Leases.Others;
import dev.drawbridge.governance.budget.Leases.Slip;
import dev.drawbridge.governance.budget.Spending.Records;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One renewal of the lease of one page. What keeps it exact: calls that come while it runs may take no more than what
 * was kept for them before the ledger was asked, and that is part of what it ends with.
 */
final class Renewal {
    private static final BigDecimal MOST_BACK = new BigDecimal("0.25");
    private static final int SCALE = 12;

    private final Spending spending;
    private final Leases leases;
    private final Purse purse;
    private final Page page;
    private final Aim aim;

    private boolean free;
    private int lapses;
    private BigDecimal settled = BigDecimal.ZERO;
    private BigDecimal reserved = BigDecimal.ZERO;
    private BigDecimal kept = BigDecimal.ZERO;
    private BigDecimal wanted = BigDecimal.ZERO;

    /** What of the settled is in the ledger. */
    private BigDecimal recorded = BigDecimal.ZERO;

    private BigDecimal before = BigDecimal.ZERO;
    private Records records = Records.NONE;
    private BigDecimal ledger = BigDecimal.ZERO;
    private Lease lease = new Lease(BigDecimal.ZERO, BigDecimal.ZERO);

    /** What becomes of what is free. */
    enum Aim {
        /** All is kept, and more is taken. */
        MORE,
        /** As much is kept as there are nodes to share it with. */
        SHARE,
        /** A little is kept for the calls of the next moment. */
        MOST_BACK,
        ALL_BACK
    }

    Renewal(Spending spending, Leases leases, Purse purse, Page page, Aim aim) {
        this.spending = spending;
        this.leases = leases;
        this.purse = purse;
        this.page = page;
        this.aim = aim;
    }

    /** Blocks; the caller holds no lock. */
    void run() {
        try {
            leases.attend();
            purse.run(this::begin);
            records = spending.flush();
            recorded = recorded();
            Slip slip = new Slip(purse.budget.id(), Kept.name(page), page.span.end());
            leases.change(slip, this::decide);
            purse.run(this::end);
        } catch (RuntimeException e) {
            purse.run(this::fail);
            throw e;
        }
    }

    /** If it takes long, what was there before: the rest stays in the lease. */
    private BigDecimal recorded() {
        return switch (records) {
            case ALL -> settled;
            case NONE -> BigDecimal.ZERO;
            case LATE -> before;
        };
    }

    /** What an earlier process has left behind may not be there yet; it is known from its own figures. */
    private BigDecimal known(BigDecimal inLedger) {
        return records == Records.LATE && !page.confirmed ? inLedger.max(before) : inLedger;
    }

    private void begin() {
        page.unsure = false;
        free = page.allowance == null;
        lapses = page.lapses;
        settled = page.settled;
        before = page.recorded;
        reserved = page.reserved;
        wanted = page.wanted;
        kept = kept(page.headroom());
        page.allowance = page.spent.add(reserved).add(kept);
    }

    private BigDecimal kept(BigDecimal headroom) {
        return switch (aim) {
            case MORE -> headroom;
            case SHARE -> headroom.divide(BigDecimal.valueOf(leases.nodes()), SCALE, RoundingMode.DOWN);
            case MOST_BACK -> headroom.multiply(MOST_BACK);
            case ALL_BACK -> BigDecimal.ZERO;
        };
    }

    /** Nobody else changes a lease of this budget meanwhile: only now may the ledger be read. */
    private Lease decide(Others others) {
        ledger = known(spending.spent(purse.budget, page.span));
        // All that this process may have spent by the end of this, beyond what the ledger has for sure.
        BigDecimal own = settled.subtract(recorded).add(reserved).add(kept);
        BigDecimal room = purse.budget
                .terms()
                .amount()
                .subtract(ledger)
                .subtract(others.held())
                .subtract(own);
        BigDecimal share = aim == Aim.MORE ? share(room, others.nodes()) : BigDecimal.ZERO;
        BigDecimal lacking = wanted.subtract(kept).subtract(share);
        lease = new Lease(own.add(share), lacking.min(others.held()).max(BigDecimal.ZERO));
        return lease;
    }

    /** Everything to whoever is alone; else half of one's part, and more if calls wait for it. */
    private BigDecimal share(BigDecimal room, int nodes) {
        BigDecimal part = nodes <= 1
                ? room
                : room.divide(BigDecimal.valueOf(nodes).multiply(BigDecimal.TWO), SCALE, RoundingMode.DOWN);
        return part.max(wanted.subtract(kept)).min(room).max(BigDecimal.ZERO);
    }

    private void end() {
        page.spent = ledger.add(page.settled).subtract(recorded);
        // What was kept is void if others took this process for dead meanwhile.
        page.allowance = lapses == page.lapses ? ledger.add(lease.held()) : page.spent.add(page.reserved);
        page.recorded = recorded;
        page.confirmed |= records == Records.ALL;
        page.unsure |= records == Records.LATE;
        page.held = lease.held();
        page.granted = page.headroom();
        page.asking = lease.wanted().signum() > 0;
    }

    /** Nobody waits for a database that is away: then only the amount counts, as far as it is known what is spent. */
    private void fail() {
        page.unsure = true;
        if (free || (!leases.isReachable() && (page.wanted.signum() > 0 || page.isNew()))) {
            page.allowance = null;
        }
    }
}
