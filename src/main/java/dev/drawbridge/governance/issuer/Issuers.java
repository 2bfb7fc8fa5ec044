package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IdentityConfig;
import dev.drawbridge.config.IssuerConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The identity providers that count: those of the file, and the one of {@code mp.jwt.verify.*}. */
@Singleton
public class Issuers {
    private static final System.Logger LOG = System.getLogger(Issuers.class.getName());

    private final Optional<Issuer> standard;

    @Inject
    Issuers(Config config) {
        this(MicroProfileJwt.issuer(config));
        standard.map(Issuer::rules)
                .filter(rules -> rules.audiences().isEmpty())
                .ifPresent(rules -> LOG.log(
                        System.Logger.Level.WARNING,
                        "mp.jwt.verify.audiences is not set: every token of {0} counts, for whomever it was made",
                        rules.issuer()));
    }

    /** @param standard that of MicroProfile Config */
    public Issuers(Optional<Issuer> standard) {
        this.standard = standard;
    }

    /** All of them; what the file says of one counts before what MicroProfile Config says. */
    public List<Issuer> with(IdentityConfig file) {
        List<Issuer> all = new ArrayList<>();
        file.issuers().forEach(rules -> all.add(new Issuer(rules, "")));
        standard.filter(one -> file.issuers().stream()
                        .map(IssuerConfig::issuer)
                        .noneMatch(one.rules().issuer()::equals))
                .ifPresent(all::add);
        return List.copyOf(all);
    }
}
