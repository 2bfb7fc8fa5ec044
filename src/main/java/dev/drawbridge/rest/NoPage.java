package dev.drawbridge.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.wire.JsonCodec;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** What the server itself refuses, outside of all APIs: in JSON too, and with the usual mistake named. */
@WebServlet(urlPatterns = NoPage.PATH, asyncSupported = true)
public class NoPage extends HttpServlet {
    static final String PATH = "/refused";
    private static final long serialVersionUID = 1L;
    private static final Set<String> BELOW_V1 = Set.of("/chat/completions", "/completions", "/embeddings", "/models");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        int code = status instanceof Integer number ? number : HttpServletResponse.SC_NOT_FOUND;
        String path = String.valueOf(uri)
                .substring(Math.min(
                        String.valueOf(uri).length(), request.getContextPath().length()));
        String hint = BELOW_V1.contains(path) ? "; the base URL of OpenAI clients ends in /v1" : "";
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", code == HttpServletResponse.SC_NOT_FOUND ? "Unknown request URL" + hint : "Refused")
                .put("type", code < 500 ? "invalid_request_error" : "server_error")
                .putNull("param")
                .put("code", code == HttpServletResponse.SC_NOT_FOUND ? "unknown_url" : null);
        response.setStatus(code);
        response.setContentType("application/json");
        response.getOutputStream().write(JsonCodec.write(body));
    }
}
