package dev.drawbridge.governance.issuer;

import dev.drawbridge.config.IssuerConfig;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;

/**
 * What an identity provider says of itself, by <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID
 * Connect Discovery</a>.
 *
 * @param place where the document is
 */
record Discovery(URI place, JsonObject document) {
    private static final String PATH = "/.well-known/openid-configuration";

    /** Any failure is a {@link RuntimeException} that says why. */
    static Discovery fetch(IssuerConfig issuer, Documents documents) {
        URI place = URI.create(issuer.issuer().replaceFirst("/+$", "") + PATH);
        JsonObject document = object(documents.fetch(place, issuer.connection()));
        if (!issuer.issuer().equals(document.getString("issuer", ""))) {
            throw new IllegalStateException(place + " is of another issuer");
        }
        return new Discovery(place, document);
    }

    boolean has(String field) {
        return document.containsKey(field);
    }

    /** The address that the field holds. */
    URI address(String field) {
        URI address = URI.create(document.getString(field, ""));
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        // Whoever can change an unprotected answer could put keys of their own into it, or take passwords and tokens.
        boolean weaker = "https".equals(place.getScheme()) && !"https".equals(address.getScheme());
        if (!web || weaker || address.getHost() == null) {
            throw new IllegalStateException(place + " names no usable " + field);
        }
        return address;
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new IllegalStateException("the discovery document is no JSON object", e);
        }
    }
}
