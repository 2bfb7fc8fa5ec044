package dev.drawbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.client.OpenAIClient;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.drawbridge.fakes.FakeIdentityProvider;
import dev.drawbridge.fakes.Operations;
import dev.drawbridge.fakes.Operations.Operation;
import dev.drawbridge.fakes.SigningKey;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shipped WAR behind two identity providers: one of the file, one of MicroProfile Config. */
class SsoIT {
    private static final FakeIdentityProvider PROVIDER = new FakeIdentityProvider();
    private static final FakeIdentityProvider STANDARD = new FakeIdentityProvider();
    private static final String ADMIN_KEY = "dbk-0123456789-administrator";

    private static final Set<Permission> OF_TEAMS = Set.of(Permission.SEE_TEAMS, Permission.LEAD_TEAMS);

    private static BareServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "it", "sso"));
        Files.writeString(folder.resolve("drawbridge.yaml"), """
                upstreams: [{ name: demo, kind: demo }]
                identity:
                  issuers:
                    - { issuer: "%s", audience: drawbridge, default-role: none, claims: { roles: realm_access.roles },
                        roles: { admin: admin, auditor: auditor, team-lead: team-lead, user: user } }
                """.formatted(PROVIDER.issuer()));
        server = BareServer.start(
                "sso",
                "127.0.0.1:1",
                List.of(
                        "-Ddrawbridge.admin.key=" + ADMIN_KEY,
                        "-Dmp.jwt.verify.issuer=" + STANDARD.issuer(),
                        "-Dmp.jwt.verify.publickey.location=" + STANDARD.keysUrl(),
                        "-Dmp.jwt.verify.audiences=drawbridge"));
    }

    @AfterAll
    static void stop() {
        server.close();
        PROVIDER.close();
        STANDARD.close();
    }

    private static String token(String role) {
        ObjectNode claims = PROVIDER.claims();
        claims.putObject("realm_access").putArray("roles").add(role);
        return PROVIDER.key().token(claims);
    }

    private static OpenAIClient sdk(String key) {
        return Sdk.builder()
                .baseUrl(server.url("/v1"))
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private static String ask(String key) {
        return sdk(key).chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("demo")
                        .addUserMessage("Hello")
                        .build())
                .model();
    }

    private static Http.Reply send(String method, String path, String credential) {
        HttpRequest.Builder request = Http.request(server.url(path)).header("Content-Type", "application/json");
        if (!credential.isEmpty()) {
            request.header("Authorization", "Bearer " + credential);
        }
        boolean body = method.equals("POST") || method.equals("DELETE");
        return Http.send(request.method(method, body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody()));
    }

    @Test
    void openai_s_sdk_sends_a_token_as_its_key() {
        assertThat(ask(token("user"))).isEqualTo("demo");
        assertThat(sdk(token("team-lead")).models().list().data()).isNotEmpty();
        assertThat(ask(STANDARD.token())).isEqualTo("demo");
        assertThat(ask(ADMIN_KEY)).isEqualTo("demo");
    }

    @Test
    void what_is_not_good_is_an_sdk_s_own_exception() {
        ObjectNode late = PROVIDER.claims().put("exp", 1_700_000_000);
        assertThatThrownBy(() -> ask(PROVIDER.key().token(late)))
                .isInstanceOf(UnauthorizedException.class)
                .hasMessageContaining("has expired");
        assertThatThrownBy(() -> ask("sk-something")).isInstanceOf(UnauthorizedException.class);
        assertThatThrownBy(() -> ask(token("auditor"))).isInstanceOf(PermissionDeniedException.class);
        assertThatThrownBy(() -> ask(token("stranger"))).isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void every_dialect_says_what_is_wrong() {
        String foreign = PROVIDER.key().token(PROVIDER.claims().put("aud", "other"));
        String challenge = "Bearer error=\"invalid_token\", error_description=\"The token is not for this gateway: its"
                + " audience (aud) is another\"";
        for (String path : List.of("/v1/models", "/api/tags", "/config")) {
            Http.Reply reply = send("GET", path, foreign);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("www-authenticate")).isEqualTo(challenge);
            assertThat(reply.body()).contains("audience").doesNotContain(foreign.substring(0, 30));
        }
        for (String path : List.of("/v1/chat/completions", "/api/chat")) {
            Http.Reply reply = send("POST", path, foreign);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("www-authenticate")).isEqualTo(challenge);
        }
        assertThat(send("GET", "/v1/models", foreign).error().path("code").asText())
                .isEqualTo("invalid_token");
        assertThat(send("GET", "/v1/models", "").header("www-authenticate")).isEqualTo("Bearer");
    }

    @Test
    void every_operation_looks_at_the_role() {
        for (Operation operation : Operations.all()) {
            if (operation.permission().filter(OF_TEAMS::contains).isPresent()) {
                continue; // It depends on the team too: RoleMatrixIT.
            }
            String path =
                    operation.path().replaceAll("\\{tool[^}]*}", "web_search").replaceAll("\\{[^}]*}", "x");
            for (Role role : Role.values()) {
                int status = send(operation.method(), path, token(role.word())).status();
                boolean allowed = operation.permission().map(role::may).orElse(true);
                assertThat(status == 403)
                        .as(role + " " + operation + " " + status)
                        .isEqualTo(!allowed);
            }
            int stranger = send(operation.method(), path, token("stranger")).status();
            int nobody = send(operation.method(), path, "").status();
            assertThat(stranger == 403)
                    .as("stranger " + operation)
                    .isEqualTo(operation.permission().isPresent());
            assertThat(nobody == 401)
                    .as("nobody " + operation)
                    .isEqualTo(operation.permission().isPresent());
        }
    }

    @Test
    void keys_rotate_and_the_provider_may_be_away() throws InterruptedException {
        SigningKey second = SigningKey.of("second", "ES256");
        STANDARD.publish(STANDARD.key(), second);
        assertThat(Waiting.until(
                        Duration.ofSeconds(20),
                        () -> send("GET", "/v1/models", second.token(STANDARD.claims()))
                                        .status()
                                == 200))
                .isTrue();
        STANDARD.goAway();

        assertThat(ask(second.token(STANDARD.claims().put("sub", "another")))).isEqualTo("demo");
        assertThat(send("GET", "/v1/models", second.as("third", "ES256").token(STANDARD.claims()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_log_names_callers_and_no_tokens() throws InterruptedException {
        String token = token("user");
        ask(token);
        send("GET", "/v1/models", token + "x");

        assertThat(Waiting.until(Duration.ofSeconds(5), () -> output().contains("caller=anna")))
                .isTrue();
        assertThat(output())
                .doesNotContain(token.substring(0, 40))
                .doesNotContain(token.substring(token.length() - 40));
    }

    private static String output() {
        try {
            return server.output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
