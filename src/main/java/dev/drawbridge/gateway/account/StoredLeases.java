package dev.drawbridge.gateway.account;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.cluster.Members;
import dev.drawbridge.governance.budget.Leases;
import dev.drawbridge.store.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Leases in the database, which all nodes share. They are void when their node is taken for dead. */
@Singleton
public class StoredLeases implements Leases {
    private static final int SCALE = 12;
    private static final Duration RECENT = Duration.ofSeconds(5);

    /** PostgreSQL's time goes no further. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** Calls that began in a span may end long after it. */
    private static final String SWEEP = "delete from budget_span where ends < current_timestamp - interval '2' day";

    private static final String SLIP = " where budget = :budget and span = :span";

    private static final String OTHERS = "select count(*) nodes,"
            + " coalesce(sum(case when n.id = :node then 1 else 0 end), 0) present,"
            + " coalesce(sum(case when n.id <> :node then l.held else 0 end), 0) held"
            + " from cluster_node n"
            + " left join budget_lease l on l.node = n.id and l.budget = :budget and l.span = :span"
            + " where n.good_until > current_timestamp";

    private static final String SOUGHT = "select distinct l.budget from budget_lease l"
            + " join cluster_node n on n.id = l.node"
            + " where l.wanted > 0 and l.node <> :node and n.good_until > current_timestamp";

    private final Database database;
    private final Members members;
    private final Cluster cluster;

    @Inject
    public StoredLeases(Database database, Members members, Cluster cluster) {
        this.database = database;
        this.members = members;
        this.cluster = cluster;
    }

    @Override
    public boolean isAlone() {
        return members.isAlone();
    }

    @Override
    public boolean isReachable() {
        return database.isUp() && members.silence().compareTo(RECENT) < 0;
    }

    @Override
    public int nodes() {
        return members.count();
    }

    /** While the database is away nobody else gets anything either, as far as can be seen from here. */
    @Override
    public boolean isForgotten() {
        return !isAlone() && database.isUp() && members.silence().compareTo(members.life()) >= 0;
    }

    @Override
    public void attend() {
        if (members.silence().compareTo(members.life().dividedBy(3)) > 0) {
            members.beat();
        }
    }

    @Override
    public void onLapse(Runnable listener) {
        members.onLapse(listener);
    }

    @Override
    public Set<String> sought() {
        return database.read(handle -> handle.createQuery(SOUGHT)
                .bind("node", members.id())
                .mapTo(String.class)
                .set());
    }

    @Override
    public void change(Slip slip, Function<Others, Lease> decision) {
        Lease lease = database.write(handle -> {
            lock(handle, slip);
            // What the decision reads by itself it reads in this transaction, as it is the same thread.
            Lease decided = decision.apply(others(handle, slip));
            put(handle, slip, decided);
            return decided;
        });
        if (lease.wanted().signum() > 0) {
            cluster.publish(TOPIC);
        }
    }

    private static void lock(Handle handle, Slip slip) {
        if (locked(handle, slip) == 0) {
            bound(
                            handle.createUpdate("insert into budget_span (budget, span, ends, changes)"
                                    + " values (:budget, :span, :ends, 0) on conflict do nothing"),
                            slip)
                    .bind("ends", time(slip.end()))
                    .execute();
            if (locked(handle, slip) == 0) {
                throw new IllegalStateException("The lease of a budget cannot be changed now");
            }
        }
    }

    private static int locked(Handle handle, Slip slip) {
        return bound(handle.createUpdate("update budget_span set changes = changes + 1" + SLIP), slip)
                .execute();
    }

    private Others others(Handle handle, Slip slip) {
        return bound(handle.createQuery(OTHERS), slip)
                .bind("node", members.id())
                .map((row, context) -> {
                    if (row.getInt("present") == 0) {
                        throw new IllegalStateException("This gateway is taken for dead by others over its database");
                    }
                    return new Others(row.getBigDecimal("held"), row.getInt("nodes"));
                })
                .one();
    }

    private void put(Handle handle, Slip slip, Lease lease) {
        boolean none = lease.held().signum() <= 0 && lease.wanted().signum() <= 0;
        if (none) {
            bound(handle.createUpdate("delete from budget_lease" + SLIP + " and node = :node"), slip)
                    .bind("node", members.id())
                    .execute();
        } else if (set(
                        handle,
                        slip,
                        lease,
                        "update budget_lease set held = :held, wanted = :wanted" + SLIP + " and node = :node")
                == 0) {
            set(
                    handle,
                    slip,
                    lease,
                    "insert into budget_lease (budget, span, node, held, wanted)"
                            + " values (:budget, :span, :node, :held, :wanted)");
        }
    }

    private int set(Handle handle, Slip slip, Lease lease, String sql) {
        return bound(handle.createUpdate(sql), slip)
                .bind("node", members.id())
                .bind("held", rounded(lease.held()))
                .bind("wanted", rounded(lease.wanted()))
                .execute();
    }

    /** Never less than it is. */
    private static BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(SCALE, RoundingMode.CEILING);
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Slip slip) {
        return statement.bind("budget", slip.budget()).bind("span", slip.span());
    }

    private static OffsetDateTime time(Instant end) {
        return OffsetDateTime.ofInstant(end.isAfter(LATEST) ? LATEST : end, ZoneOffset.UTC);
    }

    @Override
    public void sweep() {
        database.write(handle -> handle.execute(SWEEP));
    }
}
