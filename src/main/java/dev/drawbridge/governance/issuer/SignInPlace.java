package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IssuerConfig;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where people may sign in with a browser.
 *
 * @param client what pages of the gateway are there
 * @param endpoints empty as long as the provider has not told them
 */
public record SignInPlace(String issuer, IssuerConfig.SignIn client, Optional<Endpoints> endpoints) {
    /** @param endSession where people sign out, if they can */
    public record Endpoints(URI authorization, URI token, Optional<URI> endSession) {
        static Endpoints of(Discovery discovery) {
            return new Endpoints(
                    discovery.address("authorization_endpoint"),
                    discovery.address("token_endpoint"),
                    Optional.of("end_session_endpoint").filter(discovery::has).map(discovery::address));
        }
    }

    /** What scripts of these pages call there, as origins: the document that names the endpoints, and tokens. */
    public Stream<String> origins() {
        return Stream.concat(Stream.of(URI.create(issuer)), endpoints.map(Endpoints::token).stream())
                .map(SignInPlace::origin)
                .distinct();
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
