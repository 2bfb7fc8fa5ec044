package dev.drawbridge.admin.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.usage.ledger.UsageSum;
import dev.drawbridge.usage.ledger.UsageSum.Counts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sums as they are answered. */
record SumView(Names names) {

    ObjectNode json(UsageSum sum) {
        ObjectNode json = Json.object();
        ObjectNode group = json.putObject("group");
        sum.group().forEach((word, value) -> {
            group.put(word, value);
            names.of(word, value).ifPresent(name -> group.put(word + "-name", name));
        });
        counts(json, sum.counts());
        ArrayNode cost = json.putArray("cost");
        sum.cost()
                .forEach((currency, amount) ->
                        cost.addObject().put("amount", plain(amount)).put("currency", currency));
        return json;
    }

    static void counts(ObjectNode json, Counts counts) {
        json.put("requests", counts.requests())
                .put("failed", counts.failed())
                .put("input-tokens", counts.tokens().input())
                .put("cached-input-tokens", counts.tokens().cachedInput())
                .put("output-tokens", counts.tokens().output())
                .put("reasoning-tokens", counts.tokens().reasoning())
                .put("estimated", counts.estimated())
                .put("unpriced", counts.unpriced());
    }

    /** Without zeros at its end. */
    static BigDecimal plain(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** With a column for each currency; RFC 4180. */
    String csv(List<UsageSum> sums, List<String> groups) {
        SortedSet<String> currencies = new TreeSet<>();
        sums.forEach(sum -> currencies.addAll(sum.cost().keySet()));
        StringBuilder csv = new StringBuilder();
        groups.forEach(group -> csv.append(cell(group)).append(','));
        csv.append(
                "requests,failed,input-tokens,cached-input-tokens,output-tokens,reasoning-tokens,estimated,unpriced");
        currencies.forEach(currency -> csv.append(",cost-").append(currency));
        csv.append("\r\n");
        for (UsageSum sum : sums) {
            line(csv, sum);
            for (String currency : currencies) {
                csv.append(',')
                        .append(plain(sum.cost().getOrDefault(currency, BigDecimal.ZERO))
                                .toPlainString());
            }
            csv.append("\r\n");
        }
        return csv.toString();
    }

    private static void line(StringBuilder csv, UsageSum sum) {
        for (Map.Entry<String, String> group : sum.group().entrySet()) {
            csv.append(cell(group.getValue())).append(',');
        }
        Counts counts = sum.counts();
        csv.append(counts.requests()).append(',').append(counts.failed()).append(',');
        csv.append(counts.tokens().input())
                .append(',')
                .append(counts.tokens().cachedInput())
                .append(',');
        csv.append(counts.tokens().output())
                .append(',')
                .append(counts.tokens().reasoning())
                .append(',');
        csv.append(counts.estimated()).append(',').append(counts.unpriced());
    }

    /** Quoted where need be; what a spreadsheet would take for a formula is made a text. */
    static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(one -> one == '"' || one == ',' || one == '\n' || one == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
