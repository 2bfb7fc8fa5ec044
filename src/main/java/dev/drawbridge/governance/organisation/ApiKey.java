package dev.drawbridge.governance.organisation;

import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key of this gateway's own. Its id stays when it is rotated, and so does what is counted for it.
 *
 * @param team id, or empty; so are project and user
 * @param role {@code user} where it is empty
 * @param addresses from which it may be used, as ranges like {@code 10.0.0.0/8}; empty for all
 * @param secret what it is recognised by: never given in a request, never shown but for the prefix
 * @param former what it was recognised by before it was rotated
 */
public record ApiKey(
        String name,
        String team,
        String project,
        String user,
        Optional<Role> role,
        Optional<Instant> expires,
        List<String> addresses,
        Stamp secret,
        List<Former> former,
        boolean blocked,
        List<String> models,
        Map<Dimension, Long> limits,
        Optional<BudgetTerms> budget,
        Optional<Defaults> defaults,
        Map<String, String> labels)
        implements Ruled {

    /** @throws IllegalArgumentException when a rule makes no sense; the message says why */
    public ApiKey {
        Ruled.check(models, limits);
    }

    /**
     * @param prefix the key's first characters, for people and secret scanners
     * @param hash of the whole key, with the gateway's secret
     */
    public record Stamp(String prefix, String hash) {
        /** Of a key that has not been issued. */
        public static final Stamp NONE = new Stamp("", "");
    }

    /** @param until when it is good no more */
    public record Former(Stamp secret, Instant until) {}

    public ApiKey with(Stamp newSecret, List<Former> newFormer) {
        return new ApiKey(
                name, team, project, user, role, expires, addresses, newSecret, newFormer, blocked, models, limits,
                budget, defaults, labels);
    }

    /** The same for others. */
    public ApiKey of(String newTeam, String newProject) {
        return new ApiKey(
                name,
                newTeam,
                newProject,
                user,
                role,
                expires,
                addresses,
                secret,
                former,
                blocked,
                models,
                limits,
                budget,
                defaults,
                labels);
    }
}
