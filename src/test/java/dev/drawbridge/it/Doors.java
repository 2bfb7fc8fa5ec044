package dev.drawbridge.it;

import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.fakes.FakeUpstream.Script;
import java.util.List;
import java.util.stream.Stream;

/** The operations that ask a model, as clients send them, and an upstream that keeps them waiting. */
final class Doors {
    /** Clients close, or their machine or a proxy cuts the line. */
    enum Leaving {
        FIN,
        RST
    }

    /** When a client leaves. */
    enum Moment {
        /** The upstream has not answered anything. */
        BEFORE_FIRST_BYTE,
        /** A piece of the answer has arrived. */
        AMID_STREAM
    }

    record Case(String path, String body, Moment moment, Leaving leaving) {
        @Override
        public String toString() {
            String how = body.contains("'stream':true") ? "streamed" : "whole";
            return path + " " + how + " " + moment + " " + leaving;
        }
    }

    private static final String CHAT = "{'model':'%s','messages':[{'role':'user','content':'x'}],'stream':%s}";
    private static final String PROMPT = "{'model':'%s','prompt':'x','stream':%s}";
    private static final String INPUT = "{'model':'%s','input':'x'}";

    private Doors() {}

    static Stream<Case> all() {
        return Stream.of(World.ALIAS, "llama").flatMap(Doors::all);
    }

    /** Every operation, whole and streamed, in every moment, with either way to leave. */
    static Stream<Case> all(String model) {
        Stream<Case> streamed = Stream.of(
                        List.of(World.CHAT, CHAT), List.of("/api/chat", CHAT), List.of("/api/generate", PROMPT))
                .flatMap(door -> Stream.of(Moment.values())
                        .flatMap(moment -> cases(door.get(0), door.get(1).formatted(model, true), moment)));
        Stream<Case> whole = Stream.of(
                        List.of(World.CHAT, CHAT), List.of("/api/chat", CHAT), List.of("/api/generate", PROMPT))
                .flatMap(door -> cases(door.get(0), door.get(1).formatted(model, false), Moment.BEFORE_FIRST_BYTE));
        Stream<Case> others = model.equals("llama")
                ? Stream.of()
                : Stream.of(
                                cases(World.COMPLETIONS, PROMPT.formatted(model, true), Moment.BEFORE_FIRST_BYTE),
                                cases(World.COMPLETIONS, PROMPT.formatted(model, true), Moment.AMID_STREAM),
                                cases(World.COMPLETIONS, PROMPT.formatted(model, false), Moment.BEFORE_FIRST_BYTE),
                                cases(World.EMBEDDINGS, INPUT.formatted("embedder"), Moment.BEFORE_FIRST_BYTE),
                                cases("/api/embed", INPUT.formatted("embedder"), Moment.BEFORE_FIRST_BYTE))
                        .flatMap(cases -> cases);
        return Stream.of(streamed, whole, others).flatMap(cases -> cases);
    }

    private static Stream<Case> cases(String path, String body, Moment moment) {
        return Stream.of(Leaving.values()).map(leaving -> new Case(path, body, moment, leaving));
    }

    /** Makes both upstreams wait for the caller's end, before any answer or after a piece of it. */
    static void silence(Moment moment) {
        silence(World.LAB, moment);
        for (String path : List.of("/api/chat", "/api/generate")) {
            World.OLLAMA.on(path, waiting(moment, "application/x-ndjson", ollama(path) + "\n"));
        }
    }

    /** As above, for one that speaks OpenAI's dialect. */
    static void silence(FakeUpstream upstream, Moment moment) {
        for (String path : List.of(World.CHAT, World.COMPLETIONS, World.EMBEDDINGS)) {
            upstream.on(path, waiting(moment, "text/event-stream", "data: " + openAi(path) + "\n\n"));
        }
    }

    private static String openAi(String path) {
        String choice = path.equals(World.CHAT) ? "'delta':{'content':'Hel'}" : "'text':'Hel'";
        return ("{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0," + choice
                        + ",'finish_reason':null}]}")
                .replace('\'', '"');
    }

    private static String ollama(String path) {
        String said = path.equals("/api/chat") ? "'message':{'role':'assistant','content':'Hel'}" : "'response':'Hel'";
        return ("{'model':'llama:1b','created_at':'2026-08-22T10:00:00.5Z'," + said + ",'done':false}")
                .replace('\'', '"');
    }

    private static Script waiting(Moment moment, String type, String piece) {
        return (call, answer) -> {
            if (moment == Moment.AMID_STREAM) {
                answer.start(200, type).chunk(piece);
            }
            answer.awaitCallersEnd();
        };
    }

    /** Requests that upstreams are answering. */
    static int open() {
        return Stream.of(World.LAB, World.OLLAMA, World.SPARE)
                .mapToInt(FakeUpstream::open)
                .sum();
    }
}
