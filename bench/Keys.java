import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes keys with limits and budgets that are never used up, and prints the last of them.
 * {@code java Keys.java PORT HOW_MANY}, with the administrator's key in {@code BENCH_KEY}.
 */
public final class Keys {
    private static final int AT_ONCE = 16;
    private static final String BODY =
            """
            {"name":"bench-%d","team":"team-%d","models":["ben*"],
            "limits":{"requests-per-minute":100000000,"tokens-per-minute":1000000000,"in-flight":10000},
            "budget":{"amount":1000000000,"currency":"EUR","period":"month"}}""";

    private Keys() {}

    public static void main(String[] args) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI address = URI.create("http://127.0.0.1:" + args[0] + "/admin/v1/keys");
        AtomicReference<String> last = new AtomicReference<>("");
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                String body = BODY.formatted(i, i % 100);
                places.acquire();
                threads.execute(() -> {
                    last.set(create(client, address, body));
                    places.release();
                });
            }
        }
        if (last.get().isEmpty()) {
            throw new IllegalStateException("no key was made");
        }
        System.out.println(last);
    }

    private static String create(HttpClient client, URI address, String body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + System.getenv("BENCH_KEY"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
            return response.body().replaceAll(".*\"key\" *: *\"([^\"]+)\".*", "$1");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
