package dev.drawbridge.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An identity provider, and what its tokens say here.
 *
 * @param place of the entry in the file, for messages: {@code identity.issuers[0]}
 * @param issuer the {@code iss} of its tokens, letter for letter
 * @param audiences one of these must be in {@code aud}; empty: not looked at
 * @param azp clients to whom a token may have been given; empty: any
 * @param jwksUrl where its keys are; empty: its discovery document says so
 * @param algorithms of signatures that count, by their names of RFC 7518 and 8037
 * @param clockSkew how far its clock and ours may be apart
 * @param maxAge longest time since a token was issued; empty: until it expires
 * @param claims where in a token to look
 * @param roles from values of {@link Claims#roles} to roles of the gateway
 * @param teams from values of {@link Claims#teams} to teams, and none else; empty: each value is a team
 * @param defaultRole of a caller none of whose values is in {@code roles}; empty: none, and nothing is allowed
 * @param signIn how people sign in there with a browser; empty: they do not
 */
public record IssuerConfig(
        String place,
        String issuer,
        List<String> audiences,
        List<String> azp,
        Optional<String> jwksUrl,
        List<String> algorithms,
        Duration clockSkew,
        Optional<Duration> maxAge,
        Claims claims,
        Map<String, String> roles,
        Map<String, String> teams,
        Optional<String> defaultRole,
        Connection connection,
        Optional<SignIn> signIn) {
    public static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    /** What no group of a company is called by chance. */
    public static final Map<String, String> ROLES = Map.of(
            "drawbridge-admin", "admin",
            "drawbridge-auditor", "auditor",
            "drawbridge-team-lead", "team-lead",
            "drawbridge-user", "user");

    /**
     * Names of claims; those inside of others as {@code realm_access.roles}.
     *
     * @param user the first of them that the token has names the caller
     * @param teams all of them count
     * @param roles all of them count
     */
    public record Claims(List<String> user, List<String> teams, List<String> roles) {
        /** Those of MicroProfile JWT, and where Keycloak, Entra ID and Okta have roles. */
        public static final Claims USUAL = new Claims(
                List.of("upn", "preferred_username", "sub"),
                List.of("groups"),
                List.of("realm_access.roles", "roles", "groups"));
    }

    /**
     * How it is reached.
     *
     * @param proxy an HTTP proxy, or empty
     * @param trustStore a file of certificates to trust, or empty
     */
    public record Connection(String proxy, String trustStore, Secret trustStorePassword) {
        public static final Connection DIRECT = new Connection("", "", Secret.NONE);
    }

    /**
     * What pages of the gateway are at the identity provider: a client without a secret.
     *
     * @param name of the provider, for people
     * @param scopes that are asked for
     */
    public record SignIn(String name, String clientId, List<String> scopes) {
        /** Enough to learn who somebody is. */
        public static final List<String> SCOPES = List.of("openid", "profile");

        /** Its host, as long as nobody has given it a name. */
        public static String nameOf(String issuer) {
            return issuer.replaceFirst("^https?://", "").replaceFirst("[/?#].*", "");
        }
    }
}
