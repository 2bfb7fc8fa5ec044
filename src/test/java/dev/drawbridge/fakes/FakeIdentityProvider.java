package dev.drawbridge.fakes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.time.Instant;
import java.util.Map;

/** A company's identity provider on a real socket: discovery, keys, and tokens signed with them. */
public final class FakeIdentityProvider implements AutoCloseable {
    public static final String AUDIENCE = "drawbridge";

    private static final String REALM = "/realms/corp";
    private static final String DISCOVERY = REALM + "/.well-known/openid-configuration";
    private static final String KEYS = REALM + "/protocol/openid-connect/certs";

    private final FakeUpstream server = new FakeUpstream();
    private final SigningKey key = SigningKey.of("first", "RS256");
    private final FakeAuthorization authorization = new FakeAuthorization(this);

    public FakeIdentityProvider() {
        comeBack();
        publish(key);
    }

    public FakeUpstream server() {
        return server;
    }

    public String issuer() {
        return server.url() + REALM;
    }

    public String keysUrl() {
        return server.url() + KEYS;
    }

    /** The key that is published at first. */
    public SigningKey key() {
        return key;
    }

    /** From now on these keys, and no others. */
    public void publish(SigningKey... keys) {
        ObjectNode document = Json.object();
        ArrayNode list = document.putArray("keys");
        for (SigningKey one : keys) {
            list.add(one.jwk());
        }
        server.on(KEYS, 200, document.toString());
    }

    public void comeBack() {
        ObjectNode document = Json.object().put("issuer", issuer()).put("jwks_uri", keysUrl());
        authorization.describe(document);
        server.on(
                DISCOVERY,
                (call, answer) -> answer.whole(
                        200,
                        Map.of("Content-Type", "application/json", "Access-Control-Allow-Origin", "*"),
                        document.toString()));
    }

    /** What browsers see of it. */
    public FakeAuthorization authorization() {
        return authorization;
    }

    public void goAway() {
        server.on(DISCOVERY, (call, answer) -> answer.cut());
        server.on(KEYS, (call, answer) -> answer.cut());
    }

    /** How often somebody fetched the keys, or tried to. */
    public long fetches() {
        return server.calls().stream().filter(call -> call.path().equals(KEYS)).count();
    }

    /** Good claims of anna's. */
    public ObjectNode claims() {
        long now = Instant.now().getEpochSecond();
        return Json.object()
                .put("iss", issuer())
                .put("aud", AUDIENCE)
                .put("sub", "3c0b6a1e")
                .put("preferred_username", "anna")
                .put("iat", now)
                .put("exp", now + 300);
    }

    /** A good token of anna's. */
    public String token() {
        return key.token(claims());
    }

    @Override
    public void close() {
        server.close();
    }
}
