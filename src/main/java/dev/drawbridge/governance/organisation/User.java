package dev.drawbridge.governance.organisation;

import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody. Who comes with a token of an identity provider is entered by the gateway.
 *
 * @param subject {@link dev.drawbridge.governance.Caller#id} of who comes with a token: issuer and subject; empty where
 *     nobody does
 * @param team id of the team that the user's calls are counted for; where it is empty, the first of {@code teams}
 * @param teams ids of all teams, as the identity provider says or an administrator
 */
public record User(
        String name,
        String subject,
        String email,
        String team,
        List<String> teams,
        boolean blocked,
        List<String> models,
        Map<Dimension, Long> limits,
        Optional<BudgetTerms> budget,
        Optional<Defaults> defaults,
        Map<String, String> labels)
        implements Ruled {

    /** @throws IllegalArgumentException when a rule makes no sense; the message says why */
    public User {
        Ruled.check(models, limits);
    }

    /** With nothing laid down. */
    public User(String name, String subject, List<String> teams) {
        this(name, subject, "", "", teams, false, List.of(), Map.of(), Optional.empty(), Optional.empty(), Map.of());
    }

    /** The team that the user's calls are counted for, or empty. */
    public String homeTeam() {
        return team.isEmpty() && !teams.isEmpty() ? teams.getFirst() : team;
    }

    /** Whether nothing has to be changed for somebody who comes like this; who comes with no team keeps them. */
    public boolean isAsSeen(String newName, List<String> newTeams) {
        return name.equals(newName) && (newTeams.isEmpty() || teams.equals(newTeams));
    }

    public User asSeen(String newName, List<String> newTeams) {
        return new User(
                newName,
                subject,
                email,
                team,
                newTeams.isEmpty() ? teams : newTeams,
                blocked,
                models,
                limits,
                budget,
                defaults,
                labels);
    }
}
