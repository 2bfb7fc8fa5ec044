package dev.drawbridge.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** What every answer of a model says of its way here, in all dialects. */
public final class AnswerHeaders {
    private AnswerHeaders() {}

    /**
     * @param upstream who answered
     * @param attempts how many times upstreams were asked
     * @param adapted what was changed in the request
     */
    public static void set(HttpServletResponse response, String upstream, int attempts, List<String> adapted) {
        response.setHeader("x-drawbridge-upstream", upstream);
        response.setIntHeader("x-drawbridge-attempts", attempts);
        if (!adapted.isEmpty()) {
            response.setHeader("x-drawbridge-adapted", printable(String.join(", ", adapted)));
        }
    }

    /**
     * Says which model answered, where it was not the one that was asked for.
     *
     * @param asked its name as the client wrote it
     */
    public static void setModel(HttpServletResponse response, String asked, String answered) {
        if (!asked.equals(answered)) {
            response.setHeader("x-drawbridge-model", printable(answered));
        }
    }

    /** The head of an answer that comes piece by piece, for clients and for proxies on the way to them. */
    public static void stream(HttpServletResponse response, String contentType) {
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("x-accel-buffering", "no");
    }

    /** Names of fields come from the client: nothing of them may end a header or start another. */
    private static String printable(String header) {
        return header.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
