package dev.drawbridge.governance.key;

import dev.drawbridge.config.AddressRange;
import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Keys;
import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.directory.Directory;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Change;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All keys, found by their hash in memory. Thread-safe. */
@Singleton
public class ApiKeys implements Keys {
    private final Registry registry;
    private final Directory directory;
    private final KeyHash hash;
    private final Clock clock;
    private final Map<String, Known> index = new ConcurrentHashMap<>();

    /** @param until when this secret of the key is good no more */
    private record Known(Entry<ApiKey> entry, List<AddressRange> addresses, Instant until, AtomicReference<Made> made) {
        Known(Entry<ApiKey> entry, List<AddressRange> addresses, Instant until) {
            this(entry, addresses, until, new AtomicReference<>());
        }
    }

    /** The caller with a key, as of a version of the directory. */
    private record Made(long version, Caller caller) {}

    @Inject
    public ApiKeys(Registry registry, Directory directory, KeyHash hash) {
        this(registry, directory, hash, Clock.systemUTC());
    }

    ApiKeys(Registry registry, Directory directory, KeyHash hash, Clock clock) {
        this.registry = registry;
        this.directory = directory;
        this.hash = hash;
        this.clock = clock;
        registry.listen(Kinds.KEY, this::changed);
    }

    private void changed(Change<ApiKey> change) {
        // The new first: a key that stays good is good at every moment.
        change.after().ifPresent(entry -> index.putAll(secrets(entry)));
        change.before().map(ApiKeys::secrets).ifPresent(gone -> {
            Set<String> kept =
                    change.after().map(entry -> secrets(entry).keySet()).orElse(Set.of());
            gone.keySet().stream().filter(old -> !kept.contains(old)).forEach(index::remove);
        });
    }

    private static Map<String, Known> secrets(Entry<ApiKey> entry) {
        ApiKey key = entry.value();
        List<AddressRange> addresses =
                key.addresses().stream().map(AddressRange::new).toList();
        Instant end = key.expires().orElse(Instant.MAX);
        Map<String, Known> secrets = new ConcurrentHashMap<>();
        secrets.put(key.secret().hash(), new Known(entry, addresses, end));
        key.former().forEach(old -> {
            Instant until = old.until().isBefore(end) ? old.until() : end;
            secrets.put(old.secret().hash(), new Known(entry, addresses, until));
        });
        return secrets;
    }

    @Override
    public boolean expected() {
        // As long as nobody knows there may be keys, and so the gateway is not open to all on this machine.
        return !index.isEmpty() || !registry.isLoaded();
    }

    @Override
    public Optional<Caller> caller(String credential, String address) {
        if (!KeyText.looksGood(credential)) {
            return Optional.empty();
        }
        if (!registry.isLoaded()) {
            throw new GatewayException(ErrorKind.NO_CAPACITY, "The keys are not known yet; try again soon")
                    .withRetryAfter(Duration.ofSeconds(1));
        }
        return Optional.ofNullable(index.get(hash.of(credential))).map(known -> checked(known, address));
    }

    private Caller checked(Known known, String address) {
        if (!clock.instant().isBefore(known.until())) {
            throw new GatewayException(ErrorKind.UNAUTHENTICATED, "The API key has expired");
        }
        if (!known.addresses().isEmpty() && !isIn(known.addresses(), address)) {
            throw new GatewayException(ErrorKind.FORBIDDEN, "The API key may not be used from this address");
        }
        Caller caller = made(known);
        directory.check(caller.account());
        return caller;
    }

    private Caller made(Known known) {
        long version = directory.version();
        Made made = known.made().get();
        if (made == null || made.version() != version) {
            made = new Made(version, caller(known.entry(), directory.account(known.entry())));
            known.made().set(made);
        }
        return made.caller();
    }

    private static boolean isIn(List<AddressRange> ranges, String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static Caller caller(Entry<ApiKey> entry, Account account) {
        return new Caller(
                "key/" + entry.id(),
                entry.value().name(),
                Caller.Kind.API_KEY,
                Set.of(entry.value().role().orElse(Role.USER)),
                Stream.of(account.team()).filter(team -> !team.isEmpty()).collect(Collectors.toUnmodifiableSet()),
                Optional.empty(),
                account);
    }
}
