package dev.drawbridge.admin.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;

/** What resources answer. */
public final class Answers {
    static final String JSON = "application/json; charset=utf-8";

    private Answers() {}

    public static Response ok(JsonNode document) {
        return json(Response.ok(), document, JSON);
    }

    /** One entry, with its version for {@code If-Match}. */
    public static Response ok(JsonNode document, long version) {
        return json(Response.ok().header(HttpHeaders.ETAG, tag(version)), document, JSON);
    }

    /** It is done, and there is nothing to say. */
    public static Response done() {
        return Response.noContent().build();
    }

    /** A page of a list: {@code {"data": […], "next": …}}, where {@code next} is missing on the last page. */
    public static <T> Response page(Page.Part<T> part, Function<T, JsonNode> view) {
        ObjectNode document = Json.object();
        ArrayNode data = document.putArray("data");
        part.data().forEach(one -> data.add(view.apply(one)));
        part.next().ifPresent(next -> document.put("next", next));
        return ok(document);
    }

    /** A page of what is there as a whole, by name. */
    public static <T> Response page(Call call, Stream<T> all, Function<T, String> name, Function<T, JsonNode> view) {
        return page(call.page().of(all.sorted(Comparator.comparing(name)), name), view);
    }

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    static Response json(Response.ResponseBuilder head, JsonNode document, String type) {
        return json(head, JsonCodec.write(document), type);
    }

    static Response json(Response.ResponseBuilder head, byte[] bytes, String type) {
        return head.entity(bytes)
                .type(type)
                .header(HttpHeaders.CONTENT_LENGTH, bytes.length)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
