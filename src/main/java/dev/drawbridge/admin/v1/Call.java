package dev.drawbridge.admin.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.json.Documents;
import dev.drawbridge.rest.Arrival;
import dev.drawbridge.rest.JsonBody;
import dev.drawbridge.rest.access.AccessFilter;
import dev.drawbridge.rest.audit.Trail;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A call of a resource, as its work needs it after the server's thread has gone on. */
public final class Call {
    /** Names, rules and lists of globs; nothing here is long. */
    private static final long LONGEST = 256 * 1024;

    private static final String DAY = "2026-11-20";
    private static final String IF_MATCH = "if-match";
    private static final String IDEMPOTENCY_KEY = "idempotency-key";
    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private final Arrival arrival;
    private final InputStream body;
    private final String place;
    private final Actor actor;
    private final Map<String, String> query = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>();

    private Call(Arrival arrival, InputStream body, String place, Actor actor) {
        this.arrival = arrival;
        this.body = body;
        this.place = place;
        this.actor = actor;
    }

    static Call of(HttpServletRequest request, InputStream body) {
        Caller caller = AccessFilter.caller(request);
        Call call = new Call(
                Arrival.of(request, caller),
                body,
                request.getMethod() + " " + request.getRequestURI(),
                Trail.actor(request));
        request.getParameterMap().forEach((name, values) -> call.query.put(name, values[0]));
        for (String name : List.of(IF_MATCH, IDEMPOTENCY_KEY)) {
            call.headers.put(name, call.arrival.headers().apply(name).strip());
        }
        return call;
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isEmpty());
    }

    public Caller caller() {
        return arrival.caller();
    }

    /** The caller as the audit knows him. */
    public Actor actor() {
        return actor;
    }

    /** Method and path. */
    String place() {
        return place;
    }

    /** A parameter of the address, if it is there and not empty. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }

    /** Whether a parameter of the address is this, or says nothing. */
    public boolean asks(String name, String value) {
        return query(name).map(value::equals).orElse(true);
    }

    /** As {@link #time(String, ZoneId)}, in UTC. */
    public Optional<Instant> time(String name) {
        return time(name, ZoneOffset.UTC);
    }

    /**
     * A parameter that is a time of ISO 8601, or a day, which is its beginning in that zone.
     *
     * @throws GatewayException {@code INVALID_REQUEST}
     */
    public Optional<Instant> time(String name, ZoneId zone) {
        return query(name).map(text -> {
            try {
                return text.length() == DAY.length()
                        ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw wrong(name, "a time of ISO 8601, such as 2026-11-20T08:00:00Z or " + DAY);
            }
        });
    }

    /** A text of the query that is a whole number. @throws GatewayException {@code INVALID_REQUEST} */
    public static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong(name, "a whole number");
        }
    }

    private static GatewayException wrong(String name, String what) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, name + " must be " + what).at(name);
    }

    /** @throws GatewayException {@code INVALID_REQUEST} */
    public Page page() {
        return Page.of(query("limit"), query("after"));
    }

    /**
     * The version that is to be changed, as {@code If-Match} says it; empty where any will do.
     *
     * @throws GatewayException {@code PRECONDITION_FAILED} where it can be no version
     */
    public OptionalLong expected() {
        Optional<String> header = header(IF_MATCH).filter(tag -> !tag.equals("*"));
        if (header.isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher tag = TAG.matcher(header.get());
        if (!tag.matches()) {
            throw new GatewayException(
                    ErrorKind.PRECONDITION_FAILED, "If-Match must be the ETag of an answer, such as \"3\"");
        }
        return OptionalLong.of(Long.parseLong(tag.group(1)));
    }

    /** The client's own name for this creation, so that it is done once however often it is asked for. */
    public Optional<String> idempotencyKey() {
        return header(IDEMPOTENCY_KEY);
    }

    /** The JSON object that was sent, as a record. @throws GatewayException as {@link #body()}, at the field */
    public <T> T body(Class<T> type) {
        return Documents.read(body(), type);
    }

    /**
     * The JSON object that was sent; an empty one where nothing was.
     *
     * @throws GatewayException {@code UNSUPPORTED_MEDIA_TYPE}, {@code TOO_LARGE}, {@code INVALID_REQUEST}
     */
    public ObjectNode body() {
        return arrival.contentLength() == 0 ? Json.object() : JsonBody.read(body, arrival, LONGEST);
    }
}
