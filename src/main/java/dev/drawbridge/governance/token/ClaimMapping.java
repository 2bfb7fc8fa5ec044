package dev.drawbridge.governance.token;

import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Challenge;
import dev.drawbridge.governance.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From what a token says of somebody to the caller. */
record ClaimMapping(IssuerConfig issuer) {
    private static final int LONGEST_NAME = 128;

    Caller caller(ReadToken token) {
        Map<String, Object> claims = token.claims();
        String name = issuer.claims().user().stream()
                .flatMap(path -> ClaimPath.texts(claims, path).stream())
                .map(ClaimMapping::printable)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElseThrow(() -> Challenge.invalidToken("The token does not name its user"));
        // Names may be given to somebody else one day; subjects are not.
        String id = issuer.issuer() + "#" + token.text("sub").orElse(name);
        return new Caller(
                id,
                name,
                Caller.Kind.TOKEN,
                roles(claims),
                teams(claims),
                Optional.of(Principals.of(name, token)),
                Account.NONE);
    }

    private Set<Role> roles(Map<String, Object> claims) {
        Set<Role> roles = values(claims, issuer.claims().roles())
                .map(issuer.roles()::get)
                .filter(Objects::nonNull)
                .map(Role::of)
                .collect(Collectors.toUnmodifiableSet());
        return roles.isEmpty() ? issuer.defaultRole().map(Role::of).map(Set::of).orElse(Set.of()) : roles;
    }

    private Set<String> teams(Map<String, Object> claims) {
        Stream<String> values = values(claims, issuer.claims().teams());
        return issuer.teams().isEmpty()
                ? values.map(ClaimMapping::printable).collect(Collectors.toUnmodifiableSet())
                : values.map(issuer.teams()::get).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    }

    /** Keycloak writes groups as paths: {@code /research/nlp}. */
    private static Stream<String> values(Map<String, Object> claims, List<String> paths) {
        return paths.stream()
                .flatMap(path -> ClaimPath.texts(claims, path).stream())
                .map(value -> value.startsWith("/") ? value.substring(1) : value)
                .filter(value -> !value.isBlank());
    }

    /** Names stand in logs, where nothing of them may begin another line. */
    private static String printable(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) : line;
    }
}
