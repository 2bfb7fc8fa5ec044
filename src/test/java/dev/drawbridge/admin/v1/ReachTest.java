package dev.drawbridge.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.directory.Ids;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static Caller caller(Set<Role> roles, Set<String> teams, String team) {
        return new Caller("c", "c", Caller.Kind.TOKEN, roles, teams, Optional.empty(), new Account("", "", "", team));
    }

    @Test
    void an_administrator_reaches_all() {
        assertThat(Reach.toChange(Caller.ADMIN).only(List.of("a"))).isTrue();
        assertThat(Reach.toChange(Caller.ADMIN).only(List.of())).isTrue();
    }

    @Test
    void an_auditor_sees_all_and_changes_nothing() {
        Caller auditor = caller(Set.of(Role.AUDITOR), Set.of("a"), "");

        assertThat(Reach.toSee(auditor).any(List.of("b"))).isTrue();
        assertThat(Reach.toChange(auditor).any(List.of("a"))).isFalse();
    }

    @Test
    void a_lead_reaches_the_own_teams_and_nothing_that_others_share() {
        Reach reach = Reach.toChange(caller(Set.of(Role.TEAM_LEAD), Set.of("a", "The B"), ""));

        assertThat(reach.any(List.of("a", "x"))).isTrue();
        assertThat(reach.only(List.of("a", Ids.of("The B")))).isTrue();
        assertThat(reach.only(List.of("a", "x"))).isFalse();
    }

    @Test
    void a_team_that_calls_are_counted_for_is_not_therefore_the_lead_s() {
        Caller lead = caller(Set.of(Role.TEAM_LEAD), Set.of("a"), "b");

        assertThat(Reach.toChange(lead).teams()).containsExactly("a");
        assertThat(Reach.toSee(lead).any(List.of("b"))).isFalse();
        assertThat(Reach.toChange(caller(Set.of(Role.TEAM_LEAD), Set.of(), "b")).teams())
                .isEmpty();
    }

    @Test
    void what_is_of_no_team_is_for_no_lead() {
        Reach reach = Reach.toSee(caller(Set.of(Role.TEAM_LEAD), Set.of("a"), ""));

        assertThat(reach.any(List.of())).isFalse();
        assertThat(reach.only(List.of())).isFalse();
    }

    @Test
    void who_leads_nobody_reaches_nothing() {
        assertThat(Reach.toSee(caller(Set.of(Role.USER), Set.of("a"), "a")).any(List.of("a")))
                .isFalse();
    }
}
