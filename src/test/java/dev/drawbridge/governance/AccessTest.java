package dev.drawbridge.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final String HERE = "127.0.0.1";

    private static final Caller ANNA =
            new Caller("a", "anna", Caller.Kind.TOKEN, Set.of(Role.USER), Set.of(), Optional.empty(), Account.NONE);

    /** Knows one token. */
    private record OneToken(boolean expected) implements Tokens {
        @Override
        public Caller caller(String token) {
            if (token.equals("eyJ.eyJ.c2ln")) {
                return ANNA;
            }
            throw Challenge.invalidToken("no");
        }
    }

    private static Access access(String key, boolean issuer) {
        return new Access(new Secret(key), NO_KEYS, new OneToken(issuer));
    }

    private static final Keys NO_KEYS = new OneKey(Optional.empty());

    /** At most one key, which is good on this machine. */
    private record OneKey(Optional<String> key) implements Keys {
        @Override
        public boolean expected() {
            return key.isPresent();
        }

        @Override
        public Optional<Caller> caller(String credential, String address) {
            return key.filter(credential::equals)
                    .filter(known -> address.equals("127.0.0.1"))
                    .map(known -> ANNA);
        }
    }

    @Test
    void an_api_key_locks_the_door_and_opens_it_for_its_owner() {
        Access access = new Access(new Secret(""), new OneKey(Optional.of("sk-db-1")), new OneToken(false));
        assertThat(access.isLocked()).isTrue();
        assertThat(access.withoutCredential(() -> true)).isEmpty();
        assertThat(access.withKeyOrToken("sk-db-1", HERE)).contains(ANNA);
        assertThat(access.withKeyOrToken("sk-db-2", HERE)).isEmpty();
        assertThat(access.withKeyOrToken("k", HERE)).isEmpty();
    }

    @Test
    void the_machine_itself_is_let_in_until_there_is_a_key_or_an_issuer() {
        assertThat(access("", false).withoutCredential(() -> true)).contains(Caller.LOCAL);
        assertThat(access("", false).withoutCredential(() -> false)).isEmpty();
        assertThat(access("k", false).withoutCredential(() -> true)).isEmpty();
        assertThat(access("", true).withoutCredential(() -> true)).isEmpty();
        assertThat(access("", true).isLocked()).isTrue();
    }

    @Test
    void tokens_go_to_who_can_tell_and_keys_stay_keys() {
        Access both = access("k", true);
        assertThat(both.withKeyOrToken("eyJ.eyJ.c2ln", HERE)).contains(ANNA);
        assertThat(both.withAdminKey("k")).contains(Caller.ADMIN);
        assertThatThrownBy(() -> both.withKeyOrToken("eyJ.eyJ.b3RoZXI", HERE)).hasMessage("no");
        assertThat(access("k", false).withKeyOrToken("eyJ.eyJ.c2ln", HERE)).isEmpty();
    }

    @Test
    void a_key_may_look_like_a_token() {
        assertThat(access("e1.e2.e3", true).withKeyOrToken("e1.e2.e3", HERE)).isEmpty();
        assertThat(access("e1.e2.e3", true).withAdminKey("e1.e2.e3")).contains(Caller.ADMIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk-a.b.c", "eyJ.eyJ", "eyJ.eyJ.c2ln.x", "eyJ.eyJ.c2 ln", "eyJ..c2ln", "eyJ.e+J.c2ln"})
    void what_is_no_token_is_a_key(String credential) {
        assertThat(access("k", true).withKeyOrToken(credential, HERE)).isEmpty();
    }

    @Test
    void roles_allow_what_they_say() {
        for (Permission permission : Permission.values()) {
            assertThat(Caller.ADMIN.may(permission)).isTrue();
            assertThat(Caller.LOCAL.may(permission)).isTrue();
        }
        assertThat(List.of(Role.values()))
                .extracting(Role::word)
                .containsExactly("admin", "auditor", "team-lead", "user");
        assertThat(List.of(Role.values()))
                .extracting(role -> Role.of(role.word()))
                .containsExactly(Role.values());
        assertThat(Role.AUDITOR.may(Permission.OVERSEE)).isTrue();
        assertThat(Role.AUDITOR.may(Permission.ASK)).isFalse();
        assertThat(Role.USER.may(Permission.OVERSEE)).isFalse();
        assertThat(Role.TEAM_LEAD.may(Permission.ADMINISTER)).isFalse();
    }
}
