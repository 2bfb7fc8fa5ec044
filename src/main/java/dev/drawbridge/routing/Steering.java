package dev.drawbridge.routing;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a call says of its way, besides its request.
 *
 * @param pinned names of the only upstreams that may answer; empty if any may
 * @param excluded names of upstreams that may not
 * @param caller who calls
 * @param headers the value of a header of the call, or an empty text
 */
public record Steering(Set<String> pinned, Set<String> excluded, String caller, UnaryOperator<String> headers) {
    /** The header that names upstreams: the same in which answers say who it was. */
    public static final String PIN = "x-drawbridge-upstream";

    public static final String EXCLUDE = "x-drawbridge-exclude";

    /** Of a call that says nothing. */
    public static final Steering NONE = of("", name -> "");

    public static Steering of(String caller, UnaryOperator<String> headers) {
        return new Steering(names(headers.apply(PIN)), names(headers.apply(EXCLUDE)), caller, headers);
    }

    private static Set<String> names(String header) {
        if (header.isEmpty()) {
            return Set.of();
        }
        return Stream.of(header.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether any upstream may answer. */
    boolean isFree() {
        return pinned.isEmpty() && excluded.isEmpty();
    }

    String header(String name) {
        return headers.apply(name);
    }

    /** Those of the targets that may answer. */
    List<Route.Choice> permitted(List<Route.Choice> choices) {
        return isFree() ? choices : choices.stream().filter(this::permits).toList();
    }

    private boolean permits(Route.Choice choice) {
        String upstream = choice.target().upstream().name();
        return (pinned.isEmpty() || pinned.contains(upstream)) && !excluded.contains(upstream);
    }

    /**
     * Checks that the caller may choose, and that somebody is left.
     *
     * @throws GatewayException {@code FORBIDDEN} or {@code INVALID_REQUEST}
     */
    void check(Route asked, ModelTable table) {
        if (isFree()) {
            return;
        }
        if (!asked.routing().pinning()) {
            String header = pinned.isEmpty() ? EXCLUDE : PIN;
            throw refusal(
                    ErrorKind.FORBIDDEN, header, "callers may not choose the upstreams of \"" + asked.id() + "\"");
        }
        // A misspelt name must not go unnoticed; one that only other models have may stand in all calls of a client.
        Set<String> upstreams = table.upstreams().stream().map(Upstream::name).collect(Collectors.toSet());
        known(PIN, pinned, asked, upstreams);
        known(EXCLUDE, excluded, asked, upstreams);
        if (permitted(asked.choices()).isEmpty()) {
            boolean missing = asked.choices().stream()
                    .noneMatch(
                            choice -> pinned.contains(choice.target().upstream().name()));
            String header = missing && !pinned.isEmpty() ? PIN : EXCLUDE;
            throw refusal(ErrorKind.INVALID_REQUEST, header, "leaves no upstream" + of(asked));
        }
    }

    private static void known(String header, Set<String> names, Route asked, Set<String> upstreams) {
        Optional<String> unknown = names.stream()
                .filter(Predicate.not(upstreams::contains))
                .sorted()
                .findFirst();
        if (unknown.isPresent()) {
            throw refusal(
                    ErrorKind.INVALID_REQUEST, header, "no upstream is named \"" + unknown.get() + "\"" + of(asked));
        }
    }

    private static String of(Route asked) {
        return "; \"" + asked.id() + "\" has " + asked.upstreams();
    }

    private static GatewayException refusal(ErrorKind kind, String header, String why) {
        return new GatewayException(kind, "header " + header + ": " + why).at(header);
    }
}
