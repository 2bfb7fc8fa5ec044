package dev.drawbridge.admin.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.Secret;
import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.governance.Access;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Tokens;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.json.Documents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which key may be the first of all. */
class KeyRulesTest {
    private static final String ADMIN = "'name':'operations','role':'admin'";

    @TempDir
    Path folder;

    private Node node;

    @BeforeEach
    void start() {
        node = new Node(Engine.H2.settings(folder), folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static ApiKey key(String fields) {
        String json = ("{" + fields + ",'secret':{'prefix':'','hash':''}}").replace('\'', '"');
        return Documents.read(json.getBytes(StandardCharsets.UTF_8), ApiKey.class);
    }

    private void check(String adminKey, boolean issuer, String fields) {
        Tokens tokens = new Tokens() {
            @Override
            public boolean expected() {
                return issuer;
            }

            @Override
            public Caller caller(String token) {
                throw new AssertionError("nobody comes with one");
            }
        };
        new KeyRules(node.registry, new Access(new Secret(adminKey), node.keys, tokens))
                .check(Optional.empty(), key(fields));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'name':'app'",
                "'name':'lead','role':'team-lead'",
                ADMIN + ",'blocked':true",
                ADMIN + ",'expires':'2099-01-01T00:00:00Z'"
            })
    void whoever_could_not_administer_for_good_is_not_the_first(String fields) {
        assertThatThrownBy(() -> check("", false, fields))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT))
                .hasMessageContaining("DRAWBRIDGE_ADMIN_KEY");
    }

    @Test
    void an_administrators_key_may_be_the_first_and_others_follow() {
        assertThatCode(() -> check("", false, ADMIN)).doesNotThrowAnyException();
        node.issuer.issue(key(ADMIN), new Actor("anna", "10.0.0.1"));

        assertThatCode(() -> check("", false, "'name':'app'")).doesNotThrowAnyException();
    }

    @Test
    void with_another_way_in_any_key_may_be_the_first() {
        assertThatCode(() -> check("secret", false, "'name':'app'")).doesNotThrowAnyException();
        assertThatCode(() -> check("", true, "'name':'app'")).doesNotThrowAnyException();
    }
}
