package dev.drawbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.wire.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Plain calls of the gateway. In JSON, single quotes stand for double ones. */
final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer, read to its end. */
    record Reply(int status, HttpHeaders headers, String body) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        JsonNode json() {
            return Http.json(body);
        }

        /** The {@code error} object. */
        JsonNode error() {
            return json().path("error");
        }

        /** The data of the server-sent events. */
        List<String> events() {
            return List.of(body.split("\n\n")).stream()
                    .map(event -> event.substring("data: ".length()))
                    .toList();
        }

        /** The events but for {@code [DONE]}. */
        List<JsonNode> chunks() {
            return events().stream()
                    .filter(data -> !data.equals("[DONE]"))
                    .map(Http::json)
                    .toList();
        }
    }

    private Http() {}

    /** @param path below the gateway, or a whole address */
    static Reply get(String path) {
        return send(request(path).GET());
    }

    static Reply post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    static HttpRequest.Builder request(String path) {
        String url = path.startsWith("http:") ? path : RunningServer.url() + path;
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    }

    static Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A document as it was sent, with no quotes exchanged. */
    static JsonNode json(String text) {
        try {
            return JsonCodec.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
