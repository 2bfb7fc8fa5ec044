package dev.drawbridge.governance.key;

import dev.drawbridge.config.Secret;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.Edit;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes keys and changes their secrets. */
@Singleton
public class KeyIssuer {
    private final Registry registry;
    private final KeyHash hash;
    private final Clock clock;

    /** @param key to be shown once: nobody can find it out again */
    public record Issued(Entry<ApiKey> entry, Secret key) {}

    @Inject
    public KeyIssuer(Registry registry, KeyHash hash) {
        this(registry, hash, Clock.systemUTC());
    }

    KeyIssuer(Registry registry, KeyHash hash, Clock clock) {
        this.registry = registry;
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * A new key. A team or project that it names and that is not there yet is made with it; a user must be there.
     *
     * @param wanted its secret does not matter
     * @throws dev.drawbridge.inference.GatewayException {@code INVALID_REQUEST}, at the field that is wrong
     */
    public Issued issue(ApiKey wanted, Actor actor) {
        KeyChecks.check(wanted, clock.instant());
        Secret key = KeyText.random();
        ApiKey stamped = wanted.with(stamp(key), List.of());
        Entry<ApiKey> entry =
                registry.change(actor, edit -> edit.create(Kinds.KEY, Ids.random(), KeyOwners.settled(edit, stamped)));
        return new Issued(entry, key);
    }

    private ApiKey.Stamp stamp(Secret key) {
        return new ApiKey.Stamp(key.reveal().substring(0, KeyText.PREFIX), hash.of(key.reveal()));
    }

    /**
     * The same key with another secret.
     *
     * @param overlap for how long the present secret is good, too
     * @throws dev.drawbridge.inference.GatewayException {@code PRECONDITION_FAILED} when the entry is not the latest
     */
    public Issued rotate(Entry<ApiKey> entry, Duration overlap, Actor actor) {
        KeyChecks.check(overlap);
        Secret key = KeyText.random();
        Instant now = clock.instant();
        List<ApiKey.Former> former = new ArrayList<>(entry.value().former());
        former.removeIf(old -> !old.until().isAfter(now));
        if (overlap.isPositive()) {
            former.add(new ApiKey.Former(entry.value().secret(), now.plus(overlap)));
        } else {
            // Whoever wants no overlap wants all that is out there void.
            former.clear();
        }
        ApiKey rotated = entry.value().with(stamp(key), List.copyOf(former));
        Entry<ApiKey> changed =
                registry.change(actor, edit -> edit.replace(Kinds.KEY, entry.id(), entry.version(), rotated));
        return new Issued(changed, key);
    }

    /** The key with other rules; its secrets stay as they are, whatever the changed value says. */
    public Entry<ApiKey> replace(Entry<ApiKey> changed, Actor actor) {
        KeyChecks.check(changed.value(), Instant.MIN);
        return registry.change(actor, edit -> replaced(edit, changed));
    }

    private static Entry<ApiKey> replaced(Edit edit, Entry<ApiKey> changed) {
        ApiKey wanted = KeyOwners.settled(edit, changed.value());
        ApiKey value = edit.find(Kinds.KEY, changed.id())
                .map(now -> wanted.with(now.value().secret(), now.value().former()))
                .orElse(wanted);
        return edit.replace(Kinds.KEY, changed.id(), changed.version(), value);
    }
}
