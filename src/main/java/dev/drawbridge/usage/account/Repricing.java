package dev.drawbridge.usage.account;

import dev.drawbridge.inference.Money;
import dev.drawbridge.inference.Usage;
import dev.drawbridge.store.Database;
import dev.drawbridge.usage.CallRecord;
import dev.drawbridge.usage.ledger.HourlySums;
import dev.drawbridge.usage.ledger.LedgerPages;
import dev.drawbridge.usage.ledger.LedgerTable;
import dev.drawbridge.usage.price.Place;
import dev.drawbridge.usage.price.PriceBook;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Gives records a cost that had none, for nobody had said the price. A cost that is known is never changed. */
@Singleton
public class Repricing {
    private static final int BATCH = 500;

    private final Database database;
    private final LedgerPages pages;
    private final PriceBook prices;

    /**
     * @param priced records that have a cost now
     * @param unknown records whose price is still not known
     */
    public record Result(long priced, long unknown) {}

    @Inject
    public Repricing(Database database, LedgerPages pages, PriceBook prices) {
        this.database = database;
        this.pages = pages;
        this.prices = prices;
    }

    /** All records of hours that are not closed. */
    public Result run() {
        long firstHour = database.write(LedgerTable::lock).firstHour();
        long priced = 0;
        long seen = 0;
        List<LedgerPages.Row> rows = pages.unpriced(0, BATCH, firstHour);
        while (!rows.isEmpty()) {
            List<LedgerPages.Row> batch = rows;
            priced += database.write(handle -> price(handle, batch));
            seen += batch.size();
            rows = pages.unpriced(batch.getLast().seq(), BATCH, firstHour);
        }
        return new Result(priced, seen - priced);
    }

    private int price(Handle handle, List<LedgerPages.Row> rows) {
        long firstHour = LedgerTable.lock(handle).firstHour();
        Set<Long> hours = new HashSet<>();
        int priced = 0;
        for (LedgerPages.Row row : rows) {
            CallRecord.Cost cost = cost(row.call());
            Optional<Money> money = cost.money();
            if (money.isPresent()) {
                priced += handle.createUpdate("update ledger set cost = :cost, currency = :currency, price = :price,"
                                + " unpriced = false where seq = :seq and unpriced and at_hour >= :hour")
                        .bind("cost", money.get().amount())
                        .bind("currency", money.get().currency())
                        .bind("price", cost.price())
                        .bind("seq", row.seq())
                        .bind("hour", firstHour)
                        .execute();
                hours.add(Math.max(firstHour, HourlySums.hour(row.call().time())));
            }
        }
        LedgerTable.stale(handle, hours);
        return priced;
    }

    private CallRecord.Cost cost(CallRecord call) {
        Usage nothing = new Usage(0, 0, 0, 0, Usage.Origin.ESTIMATED);
        Place place = new Place(call.outcome().upstream(), call.outcome().target(), call.route());
        return prices.cost(place, call.usage().orElse(nothing), call.time());
    }
}
