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

    /** Names of fields come from the client: nothing of them may end a header or start another. */
    private static String printable(String header) {
        return header.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
