package dev.drawbridge.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** How answers begin. */
public final class AnswerHeaders {
    private AnswerHeaders() {}

    /** Headers that are not there yet: to set them, a server would compare each with all that are. */
    public static void add(HttpServletResponse response, Map<String, String> headers) {
        headers.forEach(response::addHeader);
    }

    /** The head of an answer that comes piece by piece, for clients and for proxies on the way to them. */
    public static void stream(HttpServletResponse response, String contentType) {
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("x-accel-buffering", "no");
    }
}
