package dev.drawbridge.credential;

import static dev.drawbridge.credential.Credential.KIND;

import dev.drawbridge.config.Secret;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.Edit;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The stored credentials, for administrators: they go in, and never come out. */
@Singleton
public class CredentialStore {
    private final Registry registry;
    private final EncryptionKeys keys;

    @Inject
    public CredentialStore(Registry registry, EncryptionKeys keys) {
        this.registry = registry;
        this.keys = keys;
    }

    /**
     * Stores it, in place of what was stored for this upstream.
     *
     * @param expected version that there must be, if it matters
     * @throws GatewayException {@code CONFLICT} when there is no key to encrypt with, {@code PRECONDITION_FAILED}
     */
    public Stored put(String upstream, List<Secret> apiKeys, OptionalLong expected, Actor actor) {
        Credential credential = new Vault(keys.current()).seal(upstream, apiKeys, Instant.now());
        return view(registry.change(actor, edit -> {
            Optional<Entry<Credential>> before = edit.find(KIND, upstream);
            expect(upstream, before, expected);
            return before.isPresent()
                    ? edit.replace(KIND, upstream, before.get().version(), credential)
                    : edit.create(KIND, upstream, credential);
        }));
    }

    /** @throws GatewayException {@code NOT_FOUND}, {@code PRECONDITION_FAILED} */
    public void delete(String upstream, OptionalLong expected, Actor actor) {
        registry.change(actor, edit -> {
            Optional<Entry<Credential>> before = edit.find(KIND, upstream);
            Entry<Credential> entry = before.orElseThrow(() -> none(upstream));
            expect(upstream, before, expected);
            edit.delete(KIND, upstream, entry.version());
            return entry;
        });
    }

    private static void expect(String upstream, Optional<Entry<Credential>> before, OptionalLong expected) {
        if (expected.isPresent() && before.map(Entry::version).orElse(0L) != expected.getAsLong()) {
            throw new GatewayException(
                    ErrorKind.PRECONDITION_FAILED,
                    "The credential of upstream " + upstream + " has been changed since");
        }
    }

    private static GatewayException none(String upstream) {
        return new GatewayException(ErrorKind.NOT_FOUND, "No credential is stored for upstream " + upstream);
    }

    /** @throws GatewayException {@code NOT_FOUND} */
    public Stored get(String upstream) {
        return view(registry.find(KIND, upstream).orElseThrow(() -> none(upstream)));
    }

    /** All, by name of the upstream, after this one. */
    public Stream<Stored> after(String upstream) {
        return registry.after(KIND, upstream).map(this::view);
    }

    /**
     * What became of all.
     *
     * @param encryptionKey id of the key that they are encrypted with now
     * @param rewrapped those that were encrypted with another before
     * @param unreadable those that nobody here can decrypt: they stay as they are
     */
    public record Rewrapped(String encryptionKey, List<String> rewrapped, List<String> unreadable) {}

    /**
     * Encrypts all that are not, with the first of the keys, in one transaction: after it no other key is needed.
     *
     * @throws GatewayException {@code CONFLICT} when there is no key to encrypt with
     */
    public Rewrapped rewrap(Actor actor) {
        KeyRing ring = keys.current();
        Rewrapped result = new Rewrapped(ring.first().id(), new ArrayList<>(), new ArrayList<>());
        List<Entry<Credential>> all = registry.all(KIND);
        return registry.change(actor, edit -> {
            all.forEach(entry -> rewrap(entry.id(), new Vault(ring), edit, result));
            return result;
        });
    }

    private static void rewrap(String upstream, Vault vault, Edit edit, Rewrapped result) {
        Optional<Entry<Credential>> now = edit.find(KIND, upstream);
        if (now.isEmpty()) {
            return;
        }
        Credential credential = now.get().value();
        try {
            List<Secret> opened = vault.open(upstream, credential);
            if (!vault.isCurrent(credential)) {
                Credential sealed = vault.seal(upstream, opened, credential.changed());
                edit.replace(KIND, upstream, now.get().version(), sealed);
                result.rewrapped().add(upstream);
            }
        } catch (UnreadableException e) {
            result.unreadable().add(upstream);
        }
    }

    private Stored view(Entry<Credential> entry) {
        List<String> endings = List.of();
        Optional<String> problem = Optional.empty();
        try {
            endings = new Vault(keys.current())
                    .open(entry.id(), entry.value()).stream()
                            .map(Stored::ending)
                            .toList();
        } catch (UnreadableException | GatewayException e) {
            problem = Optional.of("It cannot be decrypted: " + e.getMessage());
        }
        return new Stored(
                entry.id(),
                entry.version(),
                endings,
                entry.value().encryptionKey(),
                entry.value().changed(),
                problem);
    }
}
