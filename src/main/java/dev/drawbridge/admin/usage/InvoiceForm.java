package dev.drawbridge.admin.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.usage.account.Invoice;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A vendor's figures as they are sent: lines of JSON, or the text of a CSV file with a line of names. */
final class InvoiceForm {
    private InvoiceForm() {}

    static Invoice of(ObjectNode sent) {
        String upstream = Json.text(sent, "upstream");
        String currency = Json.text(sent, "currency");
        if (upstream.isEmpty()) {
            throw wrong("upstream", "upstream must name the upstream that the invoice is of");
        }
        if (currency.isEmpty()) {
            throw wrong("currency", "currency must be a code of ISO 4217, such as EUR");
        }
        List<Invoice.Line> lines = new ArrayList<>();
        sent.path("lines").forEach(line -> lines.add(line(texts(line), "lines[" + lines.size() + "]")));
        csv(Json.text(sent, "csv"), lines);
        if (lines.isEmpty()) {
            throw wrong("lines", "lines must have the vendor's figures by day and model; or csv, as a text");
        }
        return new Invoice(upstream, currency, lines);
    }

    private static Map<String, String> texts(JsonNode line) {
        Map<String, String> texts = new HashMap<>();
        line.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    /** Without quotes in it: names of models, days and numbers need none. */
    private static void csv(String text, List<Invoice.Line> lines) {
        List<String> rows = text.lines().filter(row -> !row.isBlank()).toList();
        if (rows.isEmpty()) {
            return;
        }
        String[] names = rows.getFirst().split("[,;\t]", -1);
        for (int i = 1; i < rows.size(); i++) {
            String[] cells = rows.get(i).split("[,;\t]", -1);
            Map<String, String> texts = new HashMap<>();
            for (int column = 0; column < Math.min(names.length, cells.length); column++) {
                texts.put(bare(names[column]), bare(cells[column]));
            }
            lines.add(line(texts, "csv line " + (i + 1)));
        }
    }

    private static String bare(String cell) {
        return cell.strip().replaceAll("^\"|\"$", "");
    }

    private static Invoice.Line line(Map<String, String> texts, String place) {
        try {
            String model = texts.getOrDefault("model", "");
            if (model.isEmpty()) {
                throw wrong(place, "Every line must name its model");
            }
            return new Invoice.Line(
                    LocalDate.parse(texts.getOrDefault("day", "")),
                    model,
                    number(texts, "requests"),
                    number(texts, "input-tokens"),
                    number(texts, "output-tokens"),
                    text(texts, "amount").map(BigDecimal::new));
        } catch (DateTimeException | NumberFormatException e) {
            throw wrong(place, "A line must have a day such as 2026-10-31, and numbers with a point: " + place);
        }
    }

    private static OptionalLong number(Map<String, String> texts, String name) {
        return text(texts, name)
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }

    private static Optional<String> text(Map<String, String> texts, String name) {
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty() && !text.equals("null"));
    }

    private static GatewayException wrong(String field, String message) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, message).at(field);
    }
}
