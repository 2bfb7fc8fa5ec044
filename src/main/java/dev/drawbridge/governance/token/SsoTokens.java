package dev.drawbridge.governance.token;

import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Tokens;
import dev.drawbridge.governance.issuer.Documents;
import dev.drawbridge.governance.issuer.Issuer;
import dev.drawbridge.governance.issuer.Issuers;
import dev.drawbridge.governance.issuer.KeyDocument;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens of the identity providers in the configuration that is in force. */
@Singleton
public class SsoTokens implements Tokens {
    private final LiveConfig config;
    private final Issuers issuers;
    private final KeyDocument documents;
    private final Clock clock;
    private final Map<Place, Keys> keys = new HashMap<>();
    private volatile State state = new State(-1, List.of(), new Verification(Map.of(), Clock.systemUTC()));

    /** @param version of the configuration */
    private record State(long version, List<Issuer> issuers, Verification verification) {}

    /** What keys depend on: while that is the same, a change of the configuration does not forget them. */
    private record Place(
            String issuer, Optional<String> jwksUrl, String publicKey, IssuerConfig.Connection connection) {
        static Place of(Issuer issuer) {
            IssuerConfig rules = issuer.rules();
            return new Place(rules.issuer(), rules.jwksUrl(), issuer.publicKey(), rules.connection());
        }
    }

    @Inject
    SsoTokens(LiveConfig config, Issuers issuers, Documents documents) {
        this(config, issuers, documents, Clock.systemUTC());
    }

    public SsoTokens(LiveConfig config, Issuers issuers, Documents documents, Clock clock) {
        this.config = config;
        this.issuers = issuers;
        this.documents = new KeyDocument(documents);
        this.clock = clock;
    }

    /** So that what cannot be used is told at the start. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        current();
    }

    @Override
    public boolean expected() {
        return !current().isEmpty();
    }

    @Override
    public Caller caller(String token) {
        return current().caller(token);
    }

    private Verification current() {
        State now = state;
        return now.version() == config.version() ? now.verification() : changed();
    }

    private synchronized Verification changed() {
        long version = config.version();
        List<Issuer> wanted = issuers.with(config.current().identity());
        if (!wanted.equals(state.issuers())) {
            // With what was verified by other rules forgotten.
            state = new State(version, wanted, verification(wanted));
        } else if (version != state.version()) {
            state = new State(version, wanted, state.verification());
        }
        return state.verification();
    }

    private Verification verification(List<Issuer> wanted) {
        List<Place> places = wanted.stream().map(Place::of).toList();
        keys.entrySet().stream()
                .filter(entry -> !places.contains(entry.getKey()))
                .forEach(entry -> entry.getValue().close());
        keys.keySet().retainAll(places);
        Map<String, TrustedIssuer> trusted = new HashMap<>();
        for (Issuer issuer : wanted) {
            Keys known = keys.computeIfAbsent(Place.of(issuer), place -> keys(issuer));
            trusted.put(issuer.rules().issuer(), new TrustedIssuer(issuer.rules(), known));
        }
        return new Verification(Map.copyOf(trusted), clock);
    }

    private Keys keys(Issuer issuer) {
        IssuerConfig rules = issuer.rules();
        if (issuer.publicKey().isEmpty()) {
            return new RemoteKeys(rules.issuer(), () -> documents.fetch(rules), RemoteKeys.Pace.USUAL);
        }
        try {
            return new Keys.Fixed(KeyText.read(issuer.publicKey()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The public key of " + rules.issuer() + " cannot be used", e);
        }
    }

    @PreDestroy
    public synchronized void close() {
        keys.values().forEach(Keys::close);
    }
}
