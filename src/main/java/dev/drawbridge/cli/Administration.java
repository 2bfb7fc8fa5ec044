package dev.drawbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The commands that look after the gateway's own keys, the audit and the database. */
final class Administration {
    private static final String KEYS = "/admin/v1/keys";

    private final Gateway gateway;
    private final PrintStream out;

    Administration(Gateway gateway, PrintStream out) {
        this.gateway = gateway;
        this.out = out;
    }

    void run(Arguments arguments) throws IOException, InterruptedException {
        String what = (arguments.command() + " "
                        + String.join(" ", arguments.words().stream().limit(1).toList()))
                .strip();
        switch (what) {
            case "keys list" -> list(arguments);
            case "keys create" -> create(arguments);
            case "keys revoke" -> revoke(arguments);
            case "audit verify" -> verify();
            case "backup" -> backup();
            default -> throw new UsageException("no command " + what);
        }
    }

    private void list(Arguments arguments) throws IOException, InterruptedException {
        String team =
                arguments.option("team").map(name -> "&team=" + quoted(name)).orElse("");
        String after = "";
        do {
            JsonNode page = gateway.get(KEYS + "?limit=1000" + team + after);
            page.path("data").forEach(this::print);
            after = page.has("next") ? "&after=" + quoted(Json.text(page, "next")) : "";
        } while (!after.isEmpty());
    }

    private void print(JsonNode key) {
        String state = key.path("blocked").asBoolean() ? "blocked" : Json.text(key, "expires");
        out.printf(
                "%-24s %-14s %-20s %-20s %s%n",
                Json.text(key, "id"), Json.text(key, "prefix"), Json.text(key, "name"), Json.text(key, "team"), state);
    }

    /** Prints the key alone, so that a script can take it. */
    private void create(Arguments arguments) throws IOException, InterruptedException {
        ObjectNode request = Json.object()
                .put("name", arguments.option("name").orElseThrow(() -> new UsageException("create needs --name")));
        for (String field : List.of("team", "project", "user", "expires")) {
            arguments.option(field).ifPresent(value -> request.put(field, value));
        }
        ArrayNode models = Json.array();
        arguments
                .option("models")
                .ifPresent(globs -> List.of(globs.split(",", -1)).forEach(models::add));
        if (!models.isEmpty()) {
            request.set("models", models);
        }
        out.println(Json.text(gateway.post(KEYS, request), "key"));
    }

    private void revoke(Arguments arguments) throws IOException, InterruptedException {
        if (arguments.words().size() != 2) {
            throw new UsageException("revoke needs the id of a key");
        }
        gateway.delete(KEYS + "/" + quoted(arguments.words().getLast()));
        out.println("revoked");
    }

    private void verify() throws IOException, InterruptedException {
        JsonNode found = gateway.get("/admin/v1/audit/verify");
        if (!found.path("good").asBoolean()) {
            throw new IOException(
                    "the audit is broken at change " + found.path("broken").asText());
        }
        out.println(found.path("entries").asText() + " changes, none of them touched; the last has the hash "
                + Json.text(found, "head"));
    }

    private void backup() throws IOException, InterruptedException {
        JsonNode made = gateway.post("/admin/v1/backup", Json.object());
        out.println(Json.text(made, "file") + " in the data folder, "
                + made.path("bytes").asText() + " bytes");
    }

    private static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
