package dev.drawbridge.governance.token;

import dev.drawbridge.fakes.FakeIdentityProvider;
import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.issuer.Documents;
import dev.drawbridge.governance.issuer.Issuers;
import dev.drawbridge.inference.GatewayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** An identity provider, and a gateway that believes it. */
final class TokenLab implements AutoCloseable {
    /** As the shipped one, but with the JDK's client: no server is here that brings MicroProfile's. */
    static final Documents DOCUMENTS = (address, connection) -> {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(3))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("status " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    };

    final FakeIdentityProvider provider = new FakeIdentityProvider();
    final LiveFile file;
    final SsoTokens tokens;
    private Duration later = Duration.ZERO;

    TokenLab() {
        this("");
    }

    /** @param more keys of the issuer, in the form of YAML's mappings: {@code , azp: [a]} */
    TokenLab(String more) {
        file = new LiveFile(yaml(more));
        tokens = tokens(file, clock());
    }

    String yaml(String more) {
        return "identity: { issuers: [{ issuer: '" + provider.issuer() + "', audience: " + FakeIdentityProvider.AUDIENCE
                + more + " }] }\n";
    }

    static SsoTokens tokens(LiveFile file, Clock clock) {
        return new SsoTokens(file.config(), new Issuers(Optional.empty()), DOCUMENTS, clock);
    }

    private Clock clock() {
        InstantSource source = () -> Instant.now().plus(later);
        return source.withZone(ZoneOffset.UTC);
    }

    /** Lets so much time go by. */
    void letPass(Duration time) {
        later = later.plus(time);
    }

    Caller caller(String token) {
        return tokens.caller(token);
    }

    /** What is said of a token that is not taken. */
    String refusal(String token) {
        return refused(token).message();
    }

    GatewayException refused(String token) {
        return Assertions.catchThrowableOfType(GatewayException.class, () -> tokens.caller(token));
    }

    @Override
    public void close() {
        tokens.close();
        file.close();
        provider.close();
    }
}
