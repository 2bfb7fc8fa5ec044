package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.config.LiveConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All places where people may sign in, in the order of the configuration that is in force. */
@Singleton
public class SignInPlaces {
    private final Supplier<List<Issuer>> issuers;
    private final Documents documents;
    private final Map<Provider, KnownEndpoints> known = new ConcurrentHashMap<>();

    /** What endpoints depend on: while that is the same, a change of the configuration does not forget them. */
    private record Provider(String issuer, IssuerConfig.Connection connection) {}

    @Inject
    SignInPlaces(LiveConfig config, Issuers issuers, Documents documents) {
        this(() -> issuers.with(config.current().identity()), documents);
    }

    /** @param issuers asked each time */
    public SignInPlaces(Supplier<List<Issuer>> issuers, Documents documents) {
        this.issuers = issuers;
        this.documents = documents;
    }

    /** Waits for what a provider says of itself only the first time, and not for long. */
    public List<SignInPlace> all() {
        List<IssuerConfig> wanted = issuers.get().stream()
                .map(Issuer::rules)
                .filter(rules -> rules.signIn().isPresent())
                .toList();
        known.keySet().retainAll(wanted.stream().map(SignInPlaces::provider).toList());
        // All are asked before one is waited for.
        wanted.forEach(rules -> endpoints(rules).renew());
        return wanted.stream()
                .flatMap(rules -> rules.signIn().stream()
                        .map(client -> new SignInPlace(
                                rules.issuer(), client, endpoints(rules).current())))
                .toList();
    }

    private KnownEndpoints endpoints(IssuerConfig rules) {
        return known.computeIfAbsent(
                provider(rules),
                place -> new KnownEndpoints(
                        rules.issuer(),
                        () -> SignInPlace.Endpoints.of(Discovery.fetch(rules, documents)),
                        KnownEndpoints.Pace.USUAL));
    }

    private static Provider provider(IssuerConfig rules) {
        return new Provider(rules.issuer(), rules.connection());
    }
}
