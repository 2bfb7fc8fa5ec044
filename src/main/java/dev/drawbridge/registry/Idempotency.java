package dev.drawbridge.registry;

import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.json.Documents;
import dev.drawbridge.store.Database;
import dev.drawbridge.store.GatewaySecret;
import dev.drawbridge.store.SecretBox;
import dev.drawbridge.store.StoreException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Answers to creations with an {@code Idempotency-Key}, so that one that is sent again creates nothing again. */
@Singleton
public class Idempotency {
    private static final Duration KEPT = Duration.ofHours(24);
    /** Then whoever worked on it is gone. */
    private static final Duration LONGEST_WORK = Duration.ofMinutes(1);

    private static final int LONGEST_KEY = 255;

    private final Database database;
    private final SecretBox box;
    private final Clock clock;

    @Inject
    public Idempotency(Database database, GatewaySecret secret) {
        this(database, secret, Clock.systemUTC());
    }

    Idempotency(Database database, GatewaySecret secret, Clock clock) {
        this.database = database;
        this.box = new SecretBox(secret.derived("idempotency"));
        this.clock = clock;
    }

    /** @param body of the answer; it is kept encrypted, as there may be a new key in it */
    public record Answer(int status, String etag, String location, String body) {}

    /**
     * @param caller whose keys are his own
     * @param key at most 255 characters
     * @param request method, path and body
     */
    public record Request(String caller, String key, String request) {
        private String hash() {
            return HexFormat.of().formatHex(AuditEntry.sha256().digest(request.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** @param answer empty while it is being worked on */
    private record Kept(String request, Optional<String> answer) {}

    /**
     * The answer that the same request has had within 24 hours, or else the one of this work, which is kept.
     *
     * @throws GatewayException {@code CONFLICT} when the key has been used for another request, or the same is being
     *     worked on
     */
    public Answer once(Request request, Supplier<Answer> work) {
        if (request.key().isBlank() || request.key().length() > LONGEST_KEY) {
            throw new GatewayException(
                    ErrorKind.INVALID_REQUEST, "An idempotency key has 1 to " + LONGEST_KEY + " characters");
        }
        try {
            Optional<Kept> kept = database.write(handle -> claim(handle, request));
            return kept.isPresent() ? again(request, kept.get()) : first(request, work);
        } catch (UnableToExecuteStatementException e) {
            // Another has claimed it between our look and our claim.
            throw new GatewayException(ErrorKind.CONFLICT, "The same request is being worked on", e);
        } catch (StoreException e) {
            throw new GatewayException(ErrorKind.NO_CAPACITY, "The database is away; try again soon", e)
                    .withRetryAfter(Duration.ofSeconds(1));
        }
    }

    private Optional<Kept> claim(Handle handle, Request request) {
        Instant now = Tables.now(clock);
        handle.execute(
                "delete from registry_answer where created < ? or answer is null and created < ?",
                now.minus(KEPT),
                now.minus(LONGEST_WORK));
        Optional<Kept> kept = handle.createQuery(
                        "select request, answer from registry_answer where caller = ? and word = ?")
                .bind(0, request.caller())
                .bind(1, request.key())
                .map((row, context) -> new Kept(row.getString(1), Optional.ofNullable(row.getString(2))))
                .findOne();
        if (kept.isEmpty()) {
            handle.execute(
                    "insert into registry_answer (caller, word, request, created) values (?, ?, ?, ?)",
                    request.caller(),
                    request.key(),
                    request.hash(),
                    now);
        }
        return kept;
    }

    private Answer again(Request request, Kept kept) {
        if (!kept.request().equals(request.hash())) {
            throw new GatewayException(ErrorKind.CONFLICT, "The idempotency key was used for another request");
        }
        String answer = kept.answer()
                .orElseThrow(() -> new GatewayException(ErrorKind.CONFLICT, "The same request is being worked on"));
        return Documents.stored(box.opened(answer), Answer.class);
    }

    private Answer first(Request request, Supplier<Answer> work) {
        boolean done = false;
        try {
            Answer answer = work.get();
            done = true;
            String sealed = box.sealed(Documents.write(answer));
            update("update registry_answer set answer = ? where caller = ? and word = ?", sealed, request);
            return answer;
        } finally {
            if (!done) {
                forget(request);
            }
        }
    }

    private void update(String sql, String sealed, Request request) {
        database.write(handle -> handle.execute(sql, sealed, request.caller(), request.key()));
    }

    /** So that it can be tried again with a better body. */
    private void forget(Request request) {
        database.write(handle -> handle.execute(
                "delete from registry_answer where caller = ? and word = ?", request.caller(), request.key()));
    }
}
