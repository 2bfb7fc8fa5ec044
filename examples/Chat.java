import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/**
 * Asks a running gateway without any library: an answer in one piece, then a stream, event by event as they come.
 *
 * <pre>java examples/Chat.java [base URL, by default http://localhost:8080/v1]</pre>
 *
 * {@code DRAWBRIDGE_ADMIN_KEY} is sent as the key where it is set.
 */
public class Chat {
    /** HTTP/1.1, as by itself it would ask each server for an upgrade to HTTP/2. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static void main(String[] args) throws IOException, InterruptedException {
        URI uri = URI.create((args.length > 0 ? args[0] : "http://localhost:8080/v1") + "/chat/completions");
        HttpResponse<String> answer = CLIENT.send(question(uri, false), HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.statusCode() + " " + answer.body());

        HttpResponse<Stream<String>> events = CLIENT.send(question(uri, true), HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = events.body()) {
            lines.filter(line -> !line.isEmpty()).forEach(System.out::println);
        }
    }

    private static HttpRequest question(URI uri, boolean stream) {
        String body =
                """
                {"model": "demo", "stream": %s, "messages": [{"role": "user", "content": "What is a drawbridge?"}]}
                """
                        .formatted(stream);
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + System.getenv().getOrDefault("DRAWBRIDGE_ADMIN_KEY", "none"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
