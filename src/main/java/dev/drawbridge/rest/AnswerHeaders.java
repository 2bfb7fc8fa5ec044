package dev.drawbridge.rest;

import jakarta.servlet.http.HttpServletResponse;

/** How answers begin. */
public final class AnswerHeaders {
    private AnswerHeaders() {}

    /** The head of an answer that comes piece by piece, for clients and for proxies on the way to them. */
    public static void stream(HttpServletResponse response, String contentType) {
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("x-accel-buffering", "no");
    }
}
