package dev.drawbridge.protocol.ollama.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.text.LongText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** Images as Ollama's clients send them, base64 and nothing else: what they are is in their first bytes. */
final class Images {
    /** Characters of base64 that tell what an image is: twelve bytes. */
    private static final int START = 16;

    private Images() {}

    /** A message's content: its text, or parts of text and images. */
    static JsonNode content(String text, JsonNode images, String place) {
        if (images.isEmpty()) {
            return TextNode.valueOf(text);
        }
        ArrayNode parts = Json.array();
        if (!text.isEmpty()) {
            parts.addObject().put("type", "text").put("text", text);
        }
        for (int i = 0; i < images.size(); i++) {
            parts.add(part(images.path(i), place + "[" + i + "]"));
        }
        return parts;
    }

    private static ObjectNode part(JsonNode image, String place) {
        if (!image.isTextual()) {
            throw Fields.wrong(place, "a string");
        }
        Optional<LongText> kept = image instanceof LongText text ? text.base64From(0) : Optional.empty();
        return kept.map(base64 -> part(base64, type(base64.start(START), place), base64::after))
                .orElseGet(() -> {
                    String base64 = image.textValue().replaceAll("[\\r\\n]", "");
                    return part(
                            TextNode.valueOf(base64), type(base64, place), words -> TextNode.valueOf(words + base64));
                });
    }

    /** @param after the image behind some other words */
    private static ObjectNode part(JsonNode base64, String type, Function<String, JsonNode> after) {
        ObjectNode part = Json.object();
        // Ollama takes sound among the images.
        if (type.equals("audio/wav")) {
            ObjectNode audio = part.put("type", "input_audio").putObject("input_audio");
            audio.set("data", base64);
            audio.put("format", "wav");
        } else {
            part.put("type", "image_url").putObject("image_url").set("url", after.apply("data:" + type + ";base64,"));
        }
        return part;
    }

    private static String type(String base64, String place) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Fields.wrong(place, "an image in base64, without a data: prefix");
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG\r\n")) {
            return "image/png";
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (start.startsWith("GIF8")) {
            return "image/gif";
        }
        if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            return "image/webp";
        }
        if (start.startsWith("RIFF") && start.endsWith("WAVE")) {
            return "audio/wav";
        }
        throw Fields.wrong(place, "a PNG, JPEG, WebP or GIF");
    }
}
