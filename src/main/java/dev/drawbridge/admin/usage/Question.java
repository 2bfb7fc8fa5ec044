package dev.drawbridge.admin.usage;

import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.usage.ledger.Grouping;
import dev.drawbridge.usage.ledger.UsageQuestion;
import dev.drawbridge.usage.ledger.UsageQuestion.Series;
import dev.drawbridge.usage.ledger.UsageQuestion.Step;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a call asks of the ledger, as far as its caller may see. */
final class Question {
    private static final String GROUP_BY = "group-by";
    private static final String LABEL = "label:";
    private static final long HOUR_SECONDS = 3600;

    private Question() {}

    static UsageQuestion of(Call call) {
        List<Grouping> by = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        Step step = Step.NONE;
        for (String word : call.query(GROUP_BY).orElse("").split(",", -1)) {
            Optional<Grouping> grouping = Grouping.of(word.strip());
            Optional<Step> time = step(word.strip());
            if (grouping.isPresent()) {
                by.add(grouping.get());
            } else if (time.isPresent()) {
                step = time.get();
            } else if (word.strip().startsWith(LABEL)) {
                labels.add(word.strip().substring(LABEL.length()));
            } else if (!word.isBlank()) {
                throw wrong(
                        GROUP_BY,
                        "group-by must be any of key, user, project, team, model, upstream, target, currency,"
                                + " label:<name>, hour, day and month, with commas between them");
            }
        }
        ZoneId zone = zone(call);
        return new UsageQuestion(
                List.copyOf(by),
                List.copyOf(labels),
                new Series(step, zone),
                call.time("from", zone).orElse(Instant.EPOCH),
                call.time("to", zone).orElse(Instant.MAX),
                only(call));
    }

    private static Optional<Step> step(String word) {
        return Arrays.stream(Step.values())
                .filter(step -> step != Step.NONE)
                .filter(step -> step.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    /** Whose days and months these are. Sums are of hours, so that they must begin with one. */
    private static ZoneId zone(Call call) {
        Optional<String> name = call.query("zone");
        if (name.isEmpty()) {
            return ZoneOffset.UTC;
        }
        try {
            ZoneId zone = ZoneId.of(name.get());
            if (zone.getRules().getOffset(Instant.now()).getTotalSeconds() % HOUR_SECONDS != 0) {
                throw wrong("zone", "zone must be whole hours from UTC");
            }
            return zone;
        } catch (DateTimeException e) {
            throw wrong("zone", "zone must be a time zone, such as Europe/Paris");
        }
    }

    /** The values that the call names, and no other teams than the caller may see. */
    static Map<Grouping, Set<String>> only(Call call) {
        Map<Grouping, Set<String>> only = new EnumMap<>(Grouping.class);
        for (Grouping grouping : Grouping.values()) {
            call.query(grouping.word()).ifPresent(value -> only.put(grouping, Set.of(value)));
        }
        Reach reach = Reach.toSee(call.caller());
        if (!reach.all()) {
            Set<String> teams = only.getOrDefault(Grouping.TEAM, reach.teams());
            Reach.need(
                    !teams.isEmpty() && reach.teams().containsAll(teams), "You see the usage of your own teams only");
            only.put(Grouping.TEAM, teams);
        }
        return only;
    }

    private static GatewayException wrong(String field, String message) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, message).at(field);
    }
}
