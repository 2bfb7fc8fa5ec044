package dev.drawbridge.it;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.FakeIdentityProvider;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The WAR in a server of its own, with an administrator's key and an identity provider, for what the shared one must not have: keys. */
final class Office implements AutoCloseable {
    static final String ADMIN_KEY = "dbk-0123456789-administrator";

    private final FakeIdentityProvider provider = new FakeIdentityProvider();
    private final BareServer server;

    /** @param name of the folder that it works in; nothing of an earlier run is left there */
    Office(String name) throws IOException, InterruptedException {
        Path folder = Path.of("target", "it", name);
        clear(folder.resolve("data"));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("drawbridge.yaml"), """
                upstreams: [{ name: demo, kind: demo }]
                identity:
                  issuers: [{ issuer: "%s", audience: drawbridge, roles: { auditor: auditor, team-lead: team-lead, user: user } }]
                """.formatted(provider.issuer()));
        server = BareServer.start(name, "127.0.0.1:1", List.of("-Ddrawbridge.admin.key=" + ADMIN_KEY));
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    BareServer server() {
        return server;
    }

    /** A token of somebody with this role in this team. */
    String token(String role, String team) {
        ObjectNode claims = provider.claims().put("sub", role + "-" + team);
        claims.putArray("roles").add(role);
        ArrayNode groups = claims.putArray("groups");
        if (!team.isEmpty()) {
            groups.add(team);
        }
        return provider.key().token(claims);
    }

    /** As the administrator. */
    Http.Reply admin(String method, String path, String json) {
        return send(request(path, ADMIN_KEY), method, json);
    }

    HttpRequest.Builder request(String path, String credential) {
        HttpRequest.Builder request = Http.request(server.url(path));
        return credential.isEmpty() ? request : request.header("Authorization", "Bearer " + credential);
    }

    /** In JSON, single quotes stand for double ones. */
    static Http.Reply send(HttpRequest.Builder request, String method, String json) {
        return json.isEmpty()
                ? Http.send(request.method(method, BodyPublishers.noBody()))
                : Http.send(request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    @Override
    public void close() {
        server.close();
        provider.close();
    }
}
