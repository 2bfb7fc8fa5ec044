package dev.drawbridge.usage.account;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A vendor's figures.
 *
 * @param upstream which of ours it is
 * @param currency of its amounts
 */
public record Invoice(String upstream, String currency, List<Line> lines) {

    /**
     * One model on one day, in UTC, or a part of it; what the vendor does not say is empty, and not compared.
     *
     * @param model the vendor's name of it
     */
    public record Line(
            LocalDate day,
            String model,
            OptionalLong requests,
            OptionalLong inputTokens,
            OptionalLong outputTokens,
            Optional<BigDecimal> amount) {

        /** Vendors have lines of their own for input and output, for customers' projects, or for credit notes. */
        Line plus(Line other) {
            return new Line(
                    day,
                    model,
                    sum(requests, other.requests),
                    sum(inputTokens, other.inputTokens),
                    sum(outputTokens, other.outputTokens),
                    Stream.concat(amount.stream(), other.amount.stream()).reduce(BigDecimal::add));
        }

        private static OptionalLong sum(OptionalLong one, OptionalLong other) {
            return LongStream.concat(one.stream(), other.stream()).reduce(Long::sum);
        }
    }
}
