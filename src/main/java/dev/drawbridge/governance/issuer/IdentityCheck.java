package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.config.file.ConfigCheck;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.config.file.Problems;
import dev.drawbridge.transport.ConnectionSettings;
import dev.drawbridge.transport.TrustStores;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the schema cannot say of issuers: that they differ, can be reached, and do not let everybody in. */
public class IdentityCheck implements ConfigCheck {
    @Override
    public void check(DrawbridgeConfig config, Problems problems) {
        Set<String> names = new HashSet<>();
        for (IssuerConfig issuer : config.identity().issuers()) {
            if (!names.add(issuer.issuer())) {
                problems.add(issuer.place() + ".issuer", "\"" + issuer.issuer() + "\" is there twice");
            }
            check(issuer, problems);
        }
    }

    private static void check(IssuerConfig issuer, Problems problems) {
        if (issuer.jwksUrl().isEmpty()) {
            address(issuer.issuer(), issuer.place() + ".issuer", "; another name needs a jwks-url", problems);
        }
        issuer.jwksUrl().ifPresent(url -> address(url, issuer.place() + ".jwks-url", "", problems));
        if (!issuer.connection().proxy().isEmpty()) {
            address(issuer.connection().proxy(), issuer.place() + ".proxy", "", problems);
        }
        if (issuer.audiences().isEmpty() && issuer.azp().isEmpty()) {
            problems.add(
                    issuer.place() + ".audience",
                    "is missing, and azp too: any token of the issuer would do, for whomever it was made");
        }
        issuer.signIn().ifPresent(signIn -> signIn(signIn.clientId(), issuer, problems));
        tls(issuer.connection()).ifPresent(tls -> trustStore(tls, issuer.place(), problems));
    }

    private static void signIn(String client, IssuerConfig issuer, Problems problems) {
        if (issuer.jwksUrl().isPresent()) {
            address(issuer.issuer(), issuer.place() + ".issuer", ", or browsers cannot sign in there", problems);
        }
        if (!issuer.azp().isEmpty() && !issuer.azp().contains(client)) {
            problems.add(issuer.place() + ".azp", "does not name the client-id: its tokens would be refused");
        }
    }

    private static void address(String text, String place, String more, Problems problems) {
        if (!ConfigReader.isHttpUrl(text)) {
            problems.add(place, "must be an address such as https://sso.example.com" + more);
        }
    }

    private static void trustStore(ConnectionSettings.Tls tls, String place, Problems problems) {
        try {
            TrustStores.load(tls);
        } catch (IOException | GeneralSecurityException e) {
            problems.add(place + ".tls.trust-store", "cannot be read: " + e.getMessage());
        }
    }

    static Optional<ConnectionSettings.Tls> tls(IssuerConfig.Connection connection) {
        return connection.trustStore().isEmpty()
                ? Optional.empty()
                : Optional.of(new ConnectionSettings.Tls(
                        Path.of(connection.trustStore()),
                        connection.trustStorePassword().reveal()));
    }
}
