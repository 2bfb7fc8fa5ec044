package dev.drawbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A running gateway, as a client sees it. */
final class Gateway {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String url;
    private final String key;

    /** @param key empty where none is needed */
    Gateway(String url, String key) {
        this.url = url.replaceAll("/+$", "");
        this.key = key;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return document(send(request(path).GET()));
    }

    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return document(open(path, "application/json", body));
    }

    void delete(String path) throws IOException, InterruptedException {
        send(request(path).DELETE()).close();
    }

    /** The answer as it arrives; the caller closes it. @throws IOException with the gateway's words for a refusal */
    InputStream open(String path, String accept, JsonNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Accept", accept)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonCodec.write(body))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private InputStream send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() < 300) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw new IOException(response.statusCode() + ": " + words(body.readAllBytes()));
        }
    }

    private static JsonNode document(InputStream answer) throws IOException {
        try (answer) {
            return JsonCodec.parse(answer.readAllBytes());
        }
    }

    /** What the error says, in whichever of the gateway's dialects. */
    static String words(byte[] body) {
        try {
            JsonNode document = JsonCodec.parse(body);
            JsonNode error = document.path("error");
            String words = error.isTextual() ? error.textValue() : Json.text(error, "message");
            return words.isEmpty() ? document.path("detail").asText(document.toString()) : words;
        } catch (MalformedJsonException e) {
            return "an answer that is no JSON";
        }
    }
}
