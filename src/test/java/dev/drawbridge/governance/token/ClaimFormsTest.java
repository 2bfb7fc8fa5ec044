package dev.drawbridge.governance.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Role;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tokens as identity providers make them. */
class ClaimFormsTest {
    /**
     * @param more keys of the issuer
     * @param claims in single quotes
     */
    private static Caller caller(String more, String claims) {
        try (TokenLab lab = new TokenLab(more)) {
            ObjectNode all = lab.provider.claims();
            all.remove("preferred_username");
            all.setAll((ObjectNode) JsonCodec.parse(claims.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
            return lab.caller(lab.provider.key().token(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keycloak() {
        Caller caller = caller(
                ", roles: { llm-admins: admin, app-lead: team-lead },"
                        + " claims: { roles: [realm_access.roles, resource_access.drawbridge.roles] }",
                """
                {'typ':'Bearer','azp':'open-webui','session_state':'5f','acr':'1','allowed-origins':['https://chat.example'],
                 'realm_access':{'roles':['offline_access','llm-admins','uma_authorization']},
                 'resource_access':{'drawbridge':{'roles':['app-lead']},'account':{'roles':['admin']}},
                 'aud':['drawbridge','account'],'scope':'openid profile','sid':'1','name':'Anna Arendt',
                 'groups':['/research/nlp','/everybody'],'preferred_username':'anna','email':'anna@example.com'}""");

        assertThat(caller.name()).isEqualTo("anna");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.TEAM_LEAD);
        assertThat(caller.teams()).containsExactlyInAnyOrder("research/nlp", "everybody");
    }

    @Test
    void entra_id() {
        Caller caller = caller(", teams: { 8d1b6d4e-1: research }, roles: { Gateway.Audit: auditor }", """
                {'ver':'2.0','tid':'72f9','oid':'9c4e','azp':'0ff1','azpacr':'1','scp':'Models.Use','name':'Anna Arendt',
                 'roles':['Gateway.Audit'],'groups':['8d1b6d4e-1','77aa'],'preferred_username':'anna@example.com'}""");

        assertThat(caller.name()).isEqualTo("anna@example.com");
        assertThat(caller.roles()).containsExactly(Role.AUDITOR);
        assertThat(caller.teams()).containsExactly("research");
    }

    @Test
    void entra_id_s_scopes() {
        assertThat(caller(
                                ", claims: { roles: scp }, roles: { Models.Use: user }, default-role: none",
                                "{'scp':'a Models.Use'}")
                        .roles())
                .containsExactly(Role.USER);
        assertThat(caller(
                                ", claims: { roles: scp }, roles: { Models.Use: user }, default-role: none",
                                "{'scp':'Models.User'}")
                        .roles())
                .isEmpty();
    }

    @Test
    void okta() {
        Caller caller = caller(", claims: { user: sub }, roles: { LLM Auditors: auditor, LLM Users: user }", """
                {'ver':1,'jti':'AT.x','cid':'0oa','uid':'00u','scp':['openid'],'auth_time':1700000000,
                 'sub':'anna@example.com','groups':['Everyone','LLM Users','LLM Auditors']}""");

        assertThat(caller.name()).isEqualTo("anna@example.com");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.USER, Role.AUDITOR);
        assertThat(caller.teams()).containsExactlyInAnyOrder("Everyone", "LLM Users", "LLM Auditors");
    }

    @Test
    void names_with_dots_belong_to_one_claim_or_part_two() {
        String more = ", claims: { roles: ['https://example.com/roles', 'a.b.c.d'] }, roles: { x: admin, y: auditor }";
        assertThat(caller(more, "{'https://example.com/roles':['x']}").roles()).containsExactly(Role.ADMIN);
        assertThat(caller(more, "{'a.b':{'c.d':'y'}}").roles()).containsExactly(Role.AUDITOR);
        assertThat(caller(more, "{'a':{'b':{'c':{'d':['y','x']}}}}").roles())
                .containsExactlyInAnyOrder(Role.ADMIN, Role.AUDITOR);
        assertThat(caller(more, "{'a':{'b':7},'https://example.com/roles':{'x':true}}")
                        .roles())
                .containsExactly(Role.USER);
    }

    @Test
    void a_role_that_only_sounds_like_one_of_ours_is_none() {
        assertThat(caller("", "{'roles':['admin'],'groups':['administrators','admin']}")
                        .roles())
                .containsExactly(Role.USER);
        assertThat(caller("", "{'groups':['drawbridge-admin']}").roles()).containsExactly(Role.ADMIN);
    }

    @Test
    void names_cannot_spoil_a_log() {
        Caller caller = caller(
                "",
                Json.object()
                        .put("upn", "anna\nERROR\u2028x\u0000")
                        .put("groups", "a\rb")
                        .toString());

        assertThat(caller.name()).isEqualTo("anna?ERROR?x?");
        assertThat(caller.teams()).containsExactly("a?b");
    }
}
