package dev.drawbridge.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A tab of {@link Chromium}: shows pages, runs scripts in them, and remembers what they complained of. */
public final class Tab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    Tab(HttpClient client, URI address) {
        socket =
                client.newWebSocketBuilder().buildAsync(address, new Messages()).join();
        List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")
                .forEach(domain -> call(domain, Json.object()));
    }

    /** Shows the page, and waits until it is loaded. */
    public Tab go(String page) {
        call("Page.navigate", Json.object().put("url", page));
        return await("location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /** What the expression comes to, after a promise is kept; a failure is the text {@code "Error: …"}. */
    public JsonNode run(String expression) {
        ObjectNode question = Json.object()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true);
        JsonNode answer = call("Runtime.evaluate", question);
        return answer.has("exceptionDetails")
                ? answer.at("/exceptionDetails/exception/description")
                : answer.at("/result/value");
    }

    public String text(String selector) {
        return run("document.querySelector('" + selector + "').innerText").asText();
    }

    public Tab click(String selector) {
        run("document.querySelector('" + selector + "').click()");
        return this;
    }

    /** Waits until this is true, also of a page that comes next. */
    public Tab await(String condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!run("Boolean(" + condition + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Never true: " + condition + "\nat "
                        + run("location.href").asText() + "\n"
                        + run("document.body.innerText").asText() + "\n" + complaints);
            }
            pause();
        }
        return this;
    }

    /** Lets time pass in the page. */
    public Tab rest(Duration time) {
        run("new Promise((go) => setTimeout(go, " + time.toMillis() + "))");
        return this;
    }

    /** Errors and warnings of scripts and of the browser itself, also of what a policy forbids. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Addresses that were asked. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private JsonNode call(String method, ObjectNode parameters) {
        int id = last.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode message = Json.object().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(new String(JsonCodec.write(message), StandardCharsets.UTF_8), true)
                .join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void heard(String text) {
        try {
            JsonNode message = JsonCodec.parse(text.getBytes(StandardCharsets.UTF_8));
            CompletableFuture<JsonNode> answer = asked.remove(message.path("id").asInt());
            if (answer != null) {
                answer.complete(message.path("result"));
            }
            JsonNode event = message.path("params");
            switch (message.path("method").asText()) {
                case "Log.entryAdded" -> complaints.add(event.at("/entry/text").asText());
                case "Runtime.exceptionThrown" ->
                    complaints.add(
                            event.at("/exceptionDetails/exception/description").asText());
                case "Network.requestWillBeSent" ->
                    requests.add(event.at("/request/url").asText());
                default -> {}
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            parts.append(part);
            if (isLast) {
                heard(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        call("Page.close", Json.object());
        socket.abort();
    }
}
