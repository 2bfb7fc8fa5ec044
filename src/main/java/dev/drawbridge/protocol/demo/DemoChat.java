package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.inference.Json;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the demo says to a conversation: it quotes the last message, calls a tool that the message speaks of, or fills a schema. */
final class DemoChat {
    static final int MOST_CHOICES = 128;

    private static final int LONGEST_QUOTE = 200;
    private static final int TOKENS_PER_IMAGE = 85;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");
    private static final Pattern HUMP = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");

    private final JsonNode json;
    private final JsonNode last;
    private final String question;
    private final int images;

    DemoChat(ChatRequest request) {
        this.json = request.json();
        JsonNode messages = json.path("messages");
        this.last = messages.path(messages.size() - 1);
        JsonNode content = lastOfUser(messages).path("content");
        this.question = text(content);
        this.images = images(content);
    }

    /** What the user said last; empty when nobody waits for an answer to it. */
    String unanswered() {
        return isFrom("user") ? question : "";
    }

    List<DemoAnswer> answers() {
        int times = DemoPrompt.integer(json, "n", 1, MOST_CHOICES).orElse(1);
        return Collections.nCopies(times, answer());
    }

    int promptTokens() {
        int tokens = json.path("tools").isEmpty()
                ? 0
                : DemoTokens.count(json.get("tools").toString());
        for (JsonNode message : json.path("messages")) {
            JsonNode content = message.path("content");
            tokens += 1 + DemoTokens.count(text(content)) + TOKENS_PER_IMAGE * images(content);
            for (JsonNode call : message.path("tool_calls")) {
                tokens += DemoTokens.count(Json.text(call.path("function"), "name"));
                tokens += DemoTokens.count(Json.text(call.path("function"), "arguments"));
            }
        }
        return tokens;
    }

    /** A text answer of the demo: every one says what it comes from. */
    static String say(String news) {
        return "Hello! I am Drawbridge's demo model, not a language model, so I cannot really answer. " + news
                + " To talk to a real model, add an upstream to drawbridge.yaml, or start the gateway with a vendor's key,"
                + " such as OPENAI_API_KEY, in its environment.";
    }

    /** The text on one line, shortened, in quotes and with a space after it; nothing if there is no text. */
    static String quote(String text) {
        String line = SPACES.matcher(text.strip()).replaceAll(" ");
        if (line.isEmpty()) {
            return "";
        }
        boolean tooLong = line.codePointCount(0, line.length()) > LONGEST_QUOTE;
        return '"' + (tooLong ? line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…" : line) + "\" ";
    }

    private DemoAnswer answer() {
        Optional<JsonNode> tool = tool();
        if (tool.isPresent()) {
            JsonNode arguments = SchemaInstance.of(tool.get().path("parameters"), question);
            String id = "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
            return new DemoAnswer.ToolCall(
                    id, Json.text(tool.get(), "name"), arguments.isObject() ? arguments.toString() : "{}");
        }
        OptionalInt top = json.path("logprobs").asBoolean(false)
                ? OptionalInt.of(DemoPrompt.integer(json, "top_logprobs", 0, 20).orElse(0))
                : OptionalInt.empty();
        return DemoAnswer.Text.of(text(), json, top);
    }

    private String text() {
        JsonNode format = json.path("response_format");
        return switch (Json.text(format, "type")) {
            case "json_object" ->
                Json.object().put("demo", true).put("echo", question).toString();
            case "json_schema" ->
                SchemaInstance.of(format.path("json_schema").path("schema"), question)
                        .toString();
            default -> say(isFrom("tool") ? toolNews() : userNews());
        };
    }

    private String userNews() {
        String with =
                images == 0 ? "" : images == 1 ? ", and one image with it" : ", and " + images + " images with it";
        return "Your message " + quote(question) + "has arrived" + with + ".";
    }

    private String toolNews() {
        return "The tool's result " + quote(text(last.path("content"))) + "has arrived.";
    }

    private boolean isFrom(String role) {
        return Json.text(last, "role").equals(role);
    }

    /** The function to call, if one is to be called. */
    private Optional<JsonNode> tool() {
        JsonNode choice = json.path("tool_choice");
        List<JsonNode> functions = functions();
        if (functions.isEmpty() || !isFrom("user") || choice.asText().equals("none")) {
            return Optional.empty();
        }
        String name = Json.text(choice.path("function"), "name");
        if (!name.isEmpty()) {
            return Optional.of(functions.stream()
                    .filter(function -> Json.text(function, "name").equals(name))
                    .findFirst()
                    .orElseThrow(() -> DemoPrompt.invalid("tool_choice", "names a function that is not in 'tools'")));
        }
        Set<String> said = words(question);
        Optional<JsonNode> mentioned = functions.stream()
                .filter(function -> isMentioned(function, said))
                .findFirst();
        return choice.asText().equals("required") ? mentioned.or(() -> Optional.of(functions.get(0))) : mentioned;
    }

    private List<JsonNode> functions() {
        List<JsonNode> functions = new ArrayList<>();
        for (JsonNode tool : json.path("tools")) {
            if (!Json.text(tool.path("function"), "name").isEmpty()) {
                functions.add(tool.path("function"));
            }
        }
        return functions;
    }

    private boolean isMentioned(JsonNode function, Set<String> said) {
        String name = Json.text(function, "name");
        String about = HUMP.matcher(name).replaceAll(" ") + " " + Json.text(function, "description");
        return question.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))
                || !Collections.disjoint(said, words(about));
    }

    private static Set<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static JsonNode lastOfUser(JsonNode messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (Json.text(messages.get(i), "role").equals("user")) {
                return messages.get(i);
            }
        }
        return Json.object();
    }

    /** The words of a content, which is a text or a list of parts. */
    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringJoiner texts = new StringJoiner(" ");
        content.forEach(part -> texts.add(Json.text(part, "text")));
        return texts.toString().strip();
    }

    private static int images(JsonNode content) {
        int images = 0;
        for (JsonNode part : content) {
            images += Json.text(part, "type").equals("image_url") ? 1 : 0;
        }
        return images;
    }
}
