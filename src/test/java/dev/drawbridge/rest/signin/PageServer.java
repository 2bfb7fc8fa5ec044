package dev.drawbridge.rest.signin;

import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.fakes.Answer;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.fakes.FakeUpstream.Call;
import dev.drawbridge.governance.issuer.Issuer;
import dev.drawbridge.governance.issuer.SignInPlaces;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sign-in pages as the gateway serves them, without the gateway: with its headers, its list of issuers, and callers that it knows. */
final class PageServer implements AutoCloseable {
    private static final Path PAGES = Path.of("src/main/webapp/signin");

    private final FakeUpstream server = new FakeUpstream();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final SignInPlaces places;

    /** @param issuers where people may sign in */
    PageServer(List<String> issuers) {
        List<Issuer> all = issuers.stream().map(PageServer::issuer).toList();
        places = new SignInPlaces(() -> all, (address, connection) -> fetch(address));
        for (String name : List.of(
                "index.html", "index.js", "signin.js", "codes.js", "signin.css", "callback.html", "callback.js")) {
            server.on("/signin/" + name, (call, answer) -> file(name, answer));
        }
        server.on("/signin/", (call, answer) -> file("index.html", answer))
                .on("/docs/", (call, answer) -> answer.whole(200, headers("text/html"), "<title>Docs</title>"))
                .on(
                        "/auth/issuers",
                        (call, answer) -> answer.whole(
                                200,
                                headers("application/json"),
                                SignInResource.document(places.all()).toString()))
                .on("/admin/v1/me", this::me);
    }

    private static Issuer issuer(String issuer) {
        return new Issuer(
                new IssuerConfig(
                        "identity.issuers[0]",
                        issuer,
                        List.of("drawbridge"),
                        List.of(),
                        Optional.empty(),
                        IssuerConfig.ALGORITHMS,
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        IssuerConfig.Claims.USUAL,
                        IssuerConfig.ROLES,
                        Map.of(),
                        Optional.of("user"),
                        IssuerConfig.Connection.DIRECT,
                        Optional.of(new IssuerConfig.SignIn(
                                "Corp " + issuer.hashCode(), "drawbridge-web", IssuerConfig.SignIn.SCOPES))),
                "");
    }

    private static String fetch(URI address) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String url(String path) {
        return server.url() + path;
    }

    FakeUpstream server() {
        return server;
    }

    /** This credential is good for nothing from now on. */
    void refuse(String credential) {
        refused.add("Bearer " + credential);
    }

    /** Who calls: knows JWTs, and one key. */
    private void me(Call call, Answer answer) throws IOException {
        String sent = call.headers().getOrDefault("authorization", "");
        boolean good = (sent.startsWith("Bearer ey") || sent.equals("Bearer sk-db-good")) && !refused.contains(sent);
        answer.whole(
                good ? 200 : 401,
                headers("application/json"),
                good
                        ? "{\"name\":\"anna\",\"roles\":[\"user\"],\"teams\":[\"research\",\"web\"]}"
                        : "{\"detail\":\"Incorrect API key provided\"}");
    }

    private void file(String name, Answer answer) throws IOException {
        String type = name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "text/html";
        answer.whole(200, headers(type), Files.readString(PAGES.resolve(name)));
    }

    private Map<String, String> headers(String type) {
        Map<String, String> all = new HashMap<>(PageHeaders.headers(places.all()));
        all.put("Content-Type", type + "; charset=utf-8");
        return all;
    }

    @Override
    public void close() {
        server.close();
    }
}
