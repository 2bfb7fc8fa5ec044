package dev.drawbridge.protocol.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.FinishReason;
import dev.drawbridge.inference.Json;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One choice of an answer. */
sealed interface DemoAnswer {

    /** How many tokens the demo counts it as. */
    int tokens();

    /** The whole choice. */
    ObjectNode choice(int index);

    /** The choice in the pieces in which it is streamed. */
    Stream<DemoStream.Step> parts(int index);

    /**
     * A chat's text.
     *
     * @param likely how many likely tokens to show for each, if any
     */
    record Text(List<String> pieces, FinishReason finish, OptionalInt likely) implements DemoAnswer {

        /** As much of the text as the request's {@code stop} and {@code max_tokens} leave. */
        static Text of(String text, JsonNode request, OptionalInt likely) {
            List<String> pieces = DemoTokens.split(before(text, request.path("stop")));
            OptionalInt limit = DemoPrompt.integer(request, "max_completion_tokens", 0, Integer.MAX_VALUE);
            if (limit.isEmpty()) {
                limit = DemoPrompt.integer(request, "max_tokens", 0, Integer.MAX_VALUE);
            }
            int most = limit.orElse(Integer.MAX_VALUE);
            return pieces.size() > most
                    ? new Text(List.copyOf(pieces.subList(0, most)), FinishReason.LENGTH, likely)
                    : new Text(pieces, FinishReason.STOP, likely);
        }

        @Override
        public int tokens() {
            return pieces.size();
        }

        @Override
        public ObjectNode choice(int index) {
            ObjectNode message = Json.object().put("role", "assistant").put("content", String.join("", pieces));
            return choiceOf(index, "message", message.putNull("refusal"), finish)
                    .set("logprobs", logprobs(pieces));
        }

        @Override
        public Stream<DemoStream.Step> parts(int index) {
            Stream<DemoStream.Step> words = pieces.stream()
                    .map(piece -> delta(index, Json.object().put("content", piece))
                            .<ObjectNode>set("logprobs", logprobs(List.of(piece))))
                    .map(choice -> new DemoStream.Step(choice, true));
            return framed(index, words, finish);
        }

        private JsonNode logprobs(List<String> tokens) {
            return likely.isPresent() ? DemoTokens.chatLogprobs(tokens, likely.getAsInt()) : NullNode.instance;
        }

        private static String before(String text, JsonNode stop) {
            int end = text.length();
            for (JsonNode word : stop.isTextual() ? Json.array().add(stop) : stop) {
                int at = word.asText().isEmpty() ? -1 : text.indexOf(word.asText());
                end = at >= 0 ? Math.min(end, at) : end;
            }
            return text.substring(0, end);
        }
    }

    /** A chat's call of one tool. */
    record ToolCall(String id, String name, String arguments) implements DemoAnswer {

        @Override
        public int tokens() {
            return DemoTokens.count(name) + DemoTokens.count(arguments);
        }

        @Override
        public ObjectNode choice(int index) {
            ObjectNode message = Json.object().put("role", "assistant").putNull("content");
            message.putNull("refusal").putArray("tool_calls").add(call(arguments));
            return choiceOf(index, "message", message, FinishReason.TOOL_CALLS);
        }

        @Override
        public Stream<DemoStream.Step> parts(int index) {
            ObjectNode head = Json.object().put("index", 0).setAll(call(""));
            Stream<DemoStream.Step> fragments = DemoTokens.split(arguments).stream()
                    .map(fragment -> {
                        ObjectNode part = Json.object().put("index", 0);
                        part.putObject("function").put("arguments", fragment);
                        return new DemoStream.Step(delta(index, calls(part)), true);
                    });
            DemoStream.Step first = new DemoStream.Step(delta(index, calls(head)), true);
            return framed(index, Stream.concat(Stream.of(first), fragments), FinishReason.TOOL_CALLS);
        }

        private ObjectNode call(String sofar) {
            ObjectNode call = Json.object().put("id", id).put("type", "function");
            call.putObject("function").put("name", name).put("arguments", sofar);
            return call;
        }

        private static ObjectNode calls(ObjectNode call) {
            ObjectNode delta = Json.object();
            delta.putArray("tool_calls").add(call);
            return delta;
        }
    }

    /** A completion's text, after the prompt if the client wants that back. */
    record Continuation(String echo, Text text) implements DemoAnswer {

        @Override
        public int tokens() {
            return text.tokens();
        }

        @Override
        public ObjectNode choice(int index) {
            return part(index, pieces(), 0).put("finish_reason", text.finish.wireName());
        }

        @Override
        public Stream<DemoStream.Step> parts(int index) {
            List<String> pieces = pieces();
            int[] offsets = pieces.stream().mapToInt(String::length).toArray();
            for (int i = 0, offset = 0; i < offsets.length; i++) {
                int length = offsets[i];
                offsets[i] = offset;
                offset += length;
            }
            ObjectNode finish =
                    Json.object().put("index", index).put("text", "").putNull("logprobs");
            finish.put("finish_reason", text.finish.wireName());
            return Stream.concat(
                    IntStream.range(0, offsets.length)
                            .mapToObj(i -> part(index, List.of(pieces.get(i)), offsets[i]))
                            .map(choice -> new DemoStream.Step(choice, true)),
                    Stream.of(new DemoStream.Step(finish, false)));
        }

        private List<String> pieces() {
            return Stream.concat(DemoTokens.split(echo).stream(), text.pieces.stream())
                    .toList();
        }

        private ObjectNode part(int index, List<String> pieces, int offset) {
            ObjectNode choice = Json.object().put("index", index).put("text", String.join("", pieces));
            choice.set(
                    "logprobs",
                    text.likely.isPresent()
                            ? DemoTokens.textLogprobs(pieces, text.likely.getAsInt(), offset)
                            : NullNode.instance);
            return choice.putNull("finish_reason");
        }
    }

    private static ObjectNode choiceOf(int index, String field, ObjectNode said, FinishReason finish) {
        ObjectNode choice = Json.object().put("index", index);
        choice.set(field, said);
        return choice.putNull("logprobs").put("finish_reason", finish.wireName());
    }

    private static ObjectNode delta(int index, ObjectNode delta) {
        return choiceOf(index, "delta", delta, FinishReason.STOP).putNull("finish_reason");
    }

    private static Stream<DemoStream.Step> framed(int index, Stream<DemoStream.Step> parts, FinishReason finish) {
        ObjectNode role = delta(index, Json.object().put("role", "assistant").put("content", ""));
        ObjectNode end = choiceOf(index, "delta", Json.object(), finish);
        return Stream.concat(
                Stream.concat(Stream.of(new DemoStream.Step(role, false)), parts),
                Stream.of(new DemoStream.Step(end, false)));
    }
}
