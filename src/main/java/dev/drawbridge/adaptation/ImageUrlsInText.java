package dev.drawbridge.adaptation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code image-urls-in-text}: addresses of images inside what a user wrote become image parts; the words around them
 * stay. Content that is a list of parts already is left alone.
 */
record ImageUrlsInText() implements Adaptation {
    private static final Pattern IMAGE_URL = Pattern.compile(
            "https?://[^\\s\"'<>]+?\\.(?:jpe?g|png|gif|webp)(?:\\?[^\\s\"'<>]*[^\\s\"'<>.,;:!?)\\]])?"
                    + "(?=[.,;:!?)\\]]*(?:$|[\\s\"'<>]))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WITH_ITS_SPACE = Pattern.compile(" ?" + IMAGE_URL.pattern(), Pattern.CASE_INSENSITIVE);

    @Override
    public ModelRequest request(ModelRequest request, Context context) {
        if (!(request instanceof ChatRequest)) {
            return request;
        }
        List<String> urls = new ArrayList<>();
        ArrayNode messages = Json.map(MessageRules.messages(request), message -> withParts(message, urls));
        if (urls.isEmpty()) {
            return request;
        }
        context.note("image_url", urls.size(), "from text");
        return MessageRules.withMessages(request, messages);
    }

    private static ObjectNode withParts(ObjectNode message, List<String> found) {
        JsonNode content = message.path("content");
        if (!Json.text(message, "role").equals("user") || !content.isTextual()) {
            return message;
        }
        Matcher url = IMAGE_URL.matcher(content.textValue());
        List<String> urls = url.results().map(match -> match.group()).toList();
        if (urls.isEmpty()) {
            return message;
        }
        found.addAll(urls);
        String words =
                WITH_ITS_SPACE.matcher(content.textValue()).replaceAll("").strip();
        ArrayNode parts = Json.array();
        if (!words.isEmpty()) {
            parts.addObject().put("type", "text").put("text", words);
        }
        urls.forEach(address -> parts.addObject()
                .put("type", "image_url")
                .putObject("image_url")
                .put("url", address));
        return Json.with(message, "content", parts);
    }
}
