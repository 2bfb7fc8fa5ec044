import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes the table and the result files of the figures that {@code bench/run} collected.
 * {@code java Report.java FIGURES.tsv FOLDER DATE SETTING}. Every figure is the median of its rounds, but failures and
 * lost frames, which are sums, and the worst gap, which is the worst.
 */
public final class Report {
    private final List<Figures> all;

    /** One measurement: its figures by name. */
    private record Figures(String phase, String side, String round, Map<String, Double> values) {
        static Figures of(String line) {
            String[] columns = line.split("\t");
            Map<String, Double> values = new LinkedHashMap<>();
            for (String figure : columns[3].split(" ")) {
                String[] pair = figure.split("=");
                values.put(pair[0], Double.valueOf(pair[1]));
            }
            return new Figures(columns[0], columns[1], columns[2], values);
        }

        String toJson() {
            String figures = values.entrySet().stream()
                    .map(figure -> "\"" + figure.getKey() + "\": " + figure.getValue())
                    .collect(Collectors.joining(", "));
            return String.format(
                    "    {\"phase\": \"%s\", \"side\": \"%s\", \"round\": %s, %s}", phase, side, round, figures);
        }
    }

    private Report(List<Figures> all) {
        this.all = all;
    }

    public static void main(String[] args) throws IOException {
        Report report = new Report(
                Files.readAllLines(Path.of(args[0])).stream().map(Figures::of).toList());
        String table = report.table();
        Path folder = Path.of(args[1]);
        Files.writeString(folder.resolve("latest.md"), markdown(args[2], args[3], table));
        Files.writeString(folder.resolve("latest.json"), report.json(args[2], args[3]));
        System.out.println(table);
        System.out.println("written: " + folder.resolve("latest.md") + " and latest.json");
    }

    private static String markdown(String date, String setting, String table) {
        return "# Measured " + date + "\n\n" + setting + ".\n\n" + table
                + "\nRead it with [bench/README.md](../README.md): ratios mean something, absolute figures do not.\n";
    }

    private String json(String date, String setting) {
        return "{\n  \"date\": \"" + date + "\",\n  \"setting\": \""
                + setting.replace("\\", "\\\\").replace("\"", "\\\"")
                + "\",\n  \"figures\": [\n"
                + all.stream().map(Figures::toJson).collect(Collectors.joining(",\n")) + "\n  ]\n}\n";
    }

    private String table() {
        List<String> rows = new ArrayList<>();
        rows.add("| | direct | nginx | gateway | gateway to nginx | target |");
        rows.add("|---|---:|---:|---:|---:|---|");
        if (has("throughput")) {
            throughput(rows);
        }
        if (has("latency")) {
            latency(rows);
        }
        if (has("streams")) {
            streams(rows);
        }
        return String.join("\n", rows) + "\n";
    }

    private void throughput(List<String> rows) {
        double ratio = median("throughput", "gateway", "rps") / median("throughput", "nginx", "rps");
        rows.add(row(
                "requests/s, many connections",
                "",
                number(median("throughput", "nginx", "rps"), 0),
                number(median("throughput", "gateway", "rps"), 0),
                number(ratio, 2),
                verdict(ratio >= 0.25, "≥ 0.25")));
        double nginx = microsPerRequest("nginx");
        double gateway = microsPerRequest("gateway");
        rows.add(row("CPU µs a request", "", number(nginx, 0), number(gateway, 0), number(gateway / nginx, 1), ""));
        rows.add(queued("p50"));
        rows.add(queued("p99"));
        rows.add(errors("throughput"));
    }

    private String queued(String share) {
        return row(
                share + " ms, many connections",
                "",
                number(median("throughput", "nginx", share + "_us") / 1000, 2),
                number(median("throughput", "gateway", share + "_us") / 1000, 2),
                "",
                "");
    }

    private double microsPerRequest(String side) {
        return sum("throughput", side, "cpu_ms") * 1000 / sum("throughput", side, "requests");
    }

    private void latency(List<String> rows) {
        for (String share : List.of("p50", "p99")) {
            double direct = median("latency", "direct", share + "_us") / 1000;
            double nginx = median("latency", "nginx", share + "_us") / 1000 - direct;
            double gateway = median("latency", "gateway", share + "_us") / 1000 - direct;
            rows.add(row(
                    "added " + share + " ms, 1 connection (direct: absolute)",
                    number(direct, 3),
                    number(nginx, 3),
                    number(gateway, 3),
                    number(gateway / nginx, 1),
                    share.equals("p50") ? verdict(gateway <= 1, "≤ 1 ms") : ""));
        }
        rows.add(errors("latency"));
    }

    private void streams(List<String> rows) {
        boolean whole = sum("streams", "gateway", "lost") + sum("streams", "gateway", "failed") == 0;
        rows.add(streamRow("streams held at once", "held", 0));
        rows.add(sums("streams", "streams failed, all rounds", "failed", verdict(whole, "0")));
        rows.add(sums("streams", "frames lost, all rounds", "lost", verdict(whole, "0")));
        rows.add(streamRow("time to first frame p50 ms", "first_p50_ms", 1));
        rows.add(streamRow("time to first frame p99 ms", "first_p99_ms", 1));
        rows.add(streamRow("gap between frames p99 ms", "gap_p99_ms", 1));
        rows.add(row(
                "worst gap ms, all rounds",
                number(worst("direct"), 0),
                number(worst("nginx"), 0),
                number(worst("gateway"), 0),
                "",
                ""));
        rows.add(streamRow("seconds for all", "seconds", 2));
    }

    private String streamRow(String what, String figure, int digits) {
        return row(
                what,
                number(median("streams", "direct", figure), digits),
                number(median("streams", "nginx", figure), digits),
                number(median("streams", "gateway", figure), digits),
                "",
                "");
    }

    private String errors(String phase) {
        return sums(phase, "failed requests", "errors", verdict(sum(phase, "gateway", "errors") == 0, "0"));
    }

    private String sums(String phase, String what, String figure, String target) {
        return row(
                what,
                number(sum(phase, "direct", figure), 0),
                number(sum(phase, "nginx", figure), 0),
                number(sum(phase, "gateway", figure), 0),
                "",
                target);
    }

    private boolean has(String phase) {
        return all.stream().anyMatch(figures -> figures.phase().equals(phase));
    }

    private double[] sorted(String phase, String side, String figure) {
        return all.stream()
                .filter(figures ->
                        figures.phase().equals(phase) && figures.side().equals(side))
                .mapToDouble(figures -> figures.values().get(figure))
                .sorted()
                .toArray();
    }

    private double median(String phase, String side, String figure) {
        double[] values = sorted(phase, side, figure);
        return values.length == 0 ? 0 : (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    private double sum(String phase, String side, String figure) {
        double sum = 0;
        for (double value : sorted(phase, side, figure)) {
            sum += value;
        }
        return sum;
    }

    private double worst(String side) {
        double[] values = sorted("streams", side, "gap_worst_ms");
        return values[values.length - 1];
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String verdict(boolean met, String target) {
        return target + (met ? ": met" : ": **missed**");
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
