package dev.drawbridge.admin.v1;

import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a caller may see or act.
 *
 * @param all in the whole organisation
 * @param teams ids of the own teams, where it is not all
 */
public record Reach(boolean all, Set<String> teams) {
    private static final Reach ALL = new Reach(true, Set.of());

    /** Administrators and auditors see all, team leads what is of their teams, others nothing. */
    public static Reach toSee(Caller caller) {
        return caller.roles().contains(Role.AUDITOR) ? ALL : toChange(caller);
    }

    /** Administrators change all, team leads some of what is of their teams, others nothing. */
    public static Reach toChange(Caller caller) {
        if (caller.roles().contains(Role.ADMIN)) {
            return ALL;
        }
        if (!caller.roles().contains(Role.TEAM_LEAD)) {
            return new Reach(false, Set.of());
        }
        // Not that of the account: whom calls are counted for is a matter of money, and outlives the token's teams.
        return new Reach(false, caller.teams().stream().map(Ids::of).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether it goes to something that belongs to any of these teams. */
    public boolean any(Collection<String> owners) {
        return all || owners.stream().anyMatch(teams::contains);
    }

    /** Whether it goes to something that belongs to these teams, and to none besides. */
    public boolean only(Collection<String> owners) {
        return all || (!owners.isEmpty() && teams.containsAll(owners));
    }

    /** @throws GatewayException {@code FORBIDDEN} where it does not go so far */
    public static void need(boolean far, String what) {
        if (!far) {
            throw new GatewayException(ErrorKind.FORBIDDEN, what);
        }
    }
}
