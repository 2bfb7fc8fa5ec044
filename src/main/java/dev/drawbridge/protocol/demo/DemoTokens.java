package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo's tokens: a word of up to twelve letters or one other character, with the white space before it. */
final class DemoTokens {
    private static final Pattern TOKEN =
            Pattern.compile("\\s++\\z|\\s*+(?:[\\p{L}\\p{M}\\p{N}_]{1,12}|[^\\s\\p{L}\\p{M}\\p{N}_])");

    /** What a model might have said instead: twenty words, as many as a client may ask for. */
    private static final List<String> ALTERNATIVES = List.of(
            " the", " a", " of", " and", " to", " in", " is", " that", " it", " for", " as", " with", " on", " by",
            " this", " at", " from", " or", " be", " not");

    private DemoTokens() {}

    /** The tokens of a text; joined they are the text again. */
    static List<String> split(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    static int count(String text) {
        int count = 0;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    /** The {@code logprobs} of a chat's choice: made up, but the same for the same token, and a distribution. */
    static ObjectNode chatLogprobs(List<String> tokens, int top) {
        ObjectNode logprobs = Json.object();
        ArrayNode content = logprobs.putArray("content");
        for (String token : tokens) {
            List<Likely> likely = likely(token, top);
            ArrayNode others =
                    content.add(likely.get(0).toJson()).get(content.size() - 1).withArray("top_logprobs");
            likely.stream().limit(top).forEach(one -> others.add(one.toJson()));
        }
        return logprobs.putNull("refusal");
    }

    /** The {@code logprobs} of a completion's choice, in its older form. */
    static ObjectNode textLogprobs(List<String> tokens, int top, int offset) {
        ObjectNode logprobs = Json.object();
        ArrayNode texts = logprobs.putArray("tokens");
        ArrayNode values = logprobs.putArray("token_logprobs");
        ArrayNode tops = logprobs.putArray("top_logprobs");
        ArrayNode offsets = logprobs.putArray("text_offset");
        int at = offset;
        for (String token : tokens) {
            List<Likely> likely = likely(token, top);
            texts.add(token);
            values.add(likely.get(0).logprob());
            ObjectNode others = tops.addObject();
            likely.stream().limit(top).forEach(one -> others.put(one.token(), one.logprob()));
            offsets.add(at);
            at += token.length();
        }
        return logprobs;
    }

    private record Likely(String token, double logprob) {
        ObjectNode toJson() {
            ObjectNode json = Json.object().put("token", token).put("logprob", logprob);
            ArrayNode bytes = json.putArray("bytes");
            for (byte one : token.getBytes(StandardCharsets.UTF_8)) {
                bytes.add(Byte.toUnsignedInt(one));
            }
            return json;
        }
    }

    /** The token, then others that are ever less likely; together they stay below certainty. */
    private static List<Likely> likely(String token, int top) {
        double probability = 0.6 + Math.floorMod(token.hashCode(), 350) / 1000.0;
        List<Likely> likely = new ArrayList<>();
        likely.add(new Likely(token, log(probability)));
        double rest = 1 - probability;
        for (String other : ALTERNATIVES) {
            if (likely.size() < top && !other.equals(token)) {
                rest /= 2;
                likely.add(new Likely(other, log(rest)));
            }
        }
        return likely;
    }

    private static double log(double probability) {
        return Math.round(Math.log(probability) * 1e6) / 1e6;
    }
}
