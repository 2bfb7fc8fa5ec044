package dev.drawbridge.admin.v1;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which part of a list is asked for.
 *
 * @param limit most entries
 * @param after the last entry of the page before, as its {@code next} said; empty for the first page
 */
public record Page(int limit, Optional<String> after) {
    public static final int USUAL = 100;
    public static final int MOST = 1000;

    /**
     * A part of a list.
     *
     * @param next where the next page begins; empty where there is none
     */
    public record Part<T>(List<T> data, Optional<String> next) {}

    /** @throws GatewayException {@code INVALID_REQUEST} for a limit that is no number from 1 to {@link #MOST} */
    static Page of(Optional<String> limit, Optional<String> after) {
        return new Page(limit.map(Page::limit).orElse(USUAL), after);
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // As a number that is too large.
        }
        throw new GatewayException(ErrorKind.INVALID_REQUEST, "limit must be a number from 1 to " + MOST).at("limit");
    }

    /**
     * This page of a list that is there as a whole.
     *
     * @param all in ascending order of their names, so that a page goes on behind an entry that is gone meanwhile
     */
    public <T> Part<T> of(Stream<T> all, Function<T, String> name) {
        return of(
                all.filter(one -> name.apply(one).compareTo(after.orElse("")) > 0)
                        .limit(limit + 1L)
                        .toList(),
                name);
    }

    /**
     * This page.
     *
     * @param found what follows {@link #after}, one more than {@link #limit} where there is so much
     */
    public <T> Part<T> of(List<T> found, Function<T, String> name) {
        if (found.size() <= limit) {
            return new Part<>(found, Optional.empty());
        }
        List<T> data = List.copyOf(found.subList(0, limit));
        return new Part<>(data, Optional.of(name.apply(data.getLast())));
    }
}
