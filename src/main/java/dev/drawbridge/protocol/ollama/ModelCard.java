package dev.drawbridge.protocol.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelFacts;
import dev.drawbridge.routing.Route;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model as Ollama lists its own. What only its files could tell is told from its name, or left empty. */
record ModelCard(String id, ModelFacts facts) {
    /** Nobody knows when a model was made available; that of this process stays the same, which spares clients updates. */
    static final Instant SINCE = Instant.ofEpochMilli(
                    ManagementFactory.getRuntimeMXBean().getStartTime())
            .truncatedTo(ChronoUnit.SECONDS);

    private static final Pattern FAMILY = Pattern.compile("[a-z]+");
    private static final Pattern SIZE = Pattern.compile("(?<![a-z0-9.])(\\d+x)?\\d+(\\.\\d+)?[bm](?![a-z0-9])");

    static ModelCard of(Route route) {
        return new ModelCard(route.id(), route.facts());
    }

    /** The id with a tag, as clients of Ollama write names. */
    String name() {
        return id.indexOf(':', id.lastIndexOf('/') + 1) >= 0 ? id : id + ":latest";
    }

    /** What Ollama calls the architecture: the word that the name begins with. */
    String family() {
        Matcher word = FAMILY.matcher(base());
        return word.find() ? word.group() : "model";
    }

    ObjectNode tag() {
        ObjectNode tag = Json.object()
                .put("name", name())
                .put("model", name())
                .put("modified_at", SINCE.toString())
                .put("size", 0)
                .put("digest", digest());
        tag.set("details", details());
        return tag.set("capabilities", capabilities());
    }

    ObjectNode details() {
        ObjectNode details =
                Json.object().put("parent_model", "").put("format", "remote").put("family", family());
        details.putArray("families").add(family());
        details.put("parameter_size", size()).put("quantization_level", "");
        facts.context().ifPresent(tokens -> details.put("context_length", tokens));
        return details;
    }

    /** In Ollama's words. Of a model of which nothing is known, what most can do today is assumed. */
    ArrayNode capabilities() {
        Set<String> known = facts.capabilities();
        Set<String> words = new LinkedHashSet<>();
        if (known.isEmpty()) {
            words.add("completion");
            words.add("tools");
        }
        for (String capability : known.stream().sorted().toList()) {
            switch (capability) {
                case "chat", "completion" -> words.add("completion");
                case "embeddings" -> words.add("embedding");
                case "reasoning" -> words.add("thinking");
                case "tools", "vision", "audio" -> words.add(capability);
                default -> {
                    // Ollama has no word for it.
                }
            }
        }
        // A model for texts only, not for chats, is one that fills gaps in texts too.
        if (known.contains("completion") && !known.contains("chat")) {
            words.add("insert");
        }
        ArrayNode list = Json.array();
        words.forEach(list::add);
        return list;
    }

    private String size() {
        Matcher size = SIZE.matcher(base());
        return size.find() ? size.group().toUpperCase(Locale.ROOT).replace("X", "x") : "";
    }

    private String base() {
        return id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** There is no file to make it of, and the same model must always have the same. */
    private String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
