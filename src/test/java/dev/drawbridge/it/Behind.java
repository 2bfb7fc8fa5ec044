package dev.drawbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.fakes.FakeUpstream.Script;
import java.util.Map;
import java.util.TreeMap;

/** Who stands behind a model that Ollama's clients ask: the same things are said in two languages. */
enum Behind {
    AN_OPENAI(World.ALIAS, World.LAB) {
        @Override
        void saysHello() {
            upstream().on(World.CHAT, whole(Said.reply("Hello world"), Said.hello()));
            upstream().on(World.COMPLETIONS, 200, COMPLETION.replace('\'', '"'));
        }

        @Override
        void thinksAndCallsTheWeather() {
            String call = "{'index':0,'id':'call_a','type':'function','function':{'name':'weather','arguments':'%s'}}";
            String arguments = "{\\'city\\':\\'Paris\\'}";
            upstream()
                    .on(
                            World.CHAT,
                            whole(
                                    Said.replyOf("{'index':0,'message':{'role':'assistant','content':null,"
                                            + "'reasoning_content':'hm','tool_calls':["
                                            + call.formatted(arguments) + "]},'finish_reason':'tool_calls'}"),
                                    Said.stream(
                                            Said.delta("{'reasoning_content':'hm'}"),
                                            Said.delta("{'tool_calls':[" + call.formatted("") + "]}"),
                                            Said.delta("{'tool_calls':[{'index':0,'function':{'arguments':'" + arguments
                                                    + "'}}]}"),
                                            Said.finish("tool_calls"),
                                            Said.usage())));
        }

        @Override
        void embeds() {
            upstream()
                    .on(
                            World.EMBEDDINGS,
                            200,
                            ("{'object':'list','model':'x','data':[{'index':0,'embedding':[0.6,0.8]},{'index':1,"
                                            + "'embedding':[1.0,0.0]}],'usage':{'prompt_tokens':2,'total_tokens':2}}")
                                    .replace('\'', '"'));
        }

        @Override
        void breaksOff() {
            upstream()
                    .on(
                            World.CHAT,
                            (call, answer) -> answer.start(200, "text/event-stream")
                                    .events(Said.text("Hel"))
                                    .cut());
        }

        @Override
        void refuses(int status, String words) {
            upstream().on(World.CHAT, status, Said.error(words, "any"));
        }
    },

    AN_OLLAMA("llama", World.OLLAMA) {
        @Override
        void saysHello() {
            upstream()
                    .on(
                            "/api/chat",
                            whole(
                                    message("{'role':'assistant','content':'Hello world'}", END),
                                    lines(
                                            message("{'role':'assistant','content':'Hello'}", GOES_ON),
                                            message("{'role':'assistant','content':' world'}", GOES_ON),
                                            message("{'role':'assistant','content':''}", END))));
            upstream()
                    .on(
                            "/api/generate",
                            whole(
                                    line("'response':'Hello world'", END),
                                    lines(
                                            line("'response':'Hello'", GOES_ON),
                                            line("'response':' world'", GOES_ON),
                                            line("'response':''", END))));
        }

        @Override
        void thinksAndCallsTheWeather() {
            String call = "[{'id':'call_a','function':{'index':0,'name':'weather','arguments':{'city':'Paris'}}}]";
            upstream()
                    .on(
                            "/api/chat",
                            whole(
                                    message(
                                            "{'role':'assistant','content':'','thinking':'hm','tool_calls':" + call
                                                    + "}",
                                            END),
                                    lines(
                                            message("{'role':'assistant','content':'','thinking':'hm'}", GOES_ON),
                                            message(
                                                    "{'role':'assistant','content':'','tool_calls':" + call + "}",
                                                    GOES_ON),
                                            message("{'role':'assistant','content':''}", END))));
        }

        @Override
        void embeds() {
            String vectors = "{'model':'llama:1b','embeddings':[[0.6,0.8],[1.0,0.0]],'total_duration':9,"
                    + "'load_duration':1,'prompt_eval_count':2}";
            upstream().on("/api/embed", 200, vectors.replace('\'', '"'));
            upstream().on("/api/embeddings", 200, "{\"embedding\":[0.6,0.8]}");
        }

        @Override
        void breaksOff() {
            upstream()
                    .on(
                            "/api/chat",
                            (call, answer) -> answer.start(200, "application/x-ndjson")
                                    .chunk(message("{'role':'assistant','content':'Hel'}", GOES_ON) + "\n")
                                    .cut());
        }

        @Override
        void refuses(int status, String words) {
            upstream().on("/api/chat", status, "{\"error\":\"" + words + "\"}");
        }
    };

    private static final String COMPLETION = "{'id':'cmpl-1','object':'text_completion','created':1700000000,"
            + "'model':'real-name','choices':[{'index':0,'text':'Hello world','finish_reason':'stop'}],'usage':"
            + Said.USAGE + "}";
    private static final String GOES_ON = "'done':false";
    private static final String END = "'done':true,'done_reason':'stop','total_duration':90,'load_duration':1,"
            + "'prompt_eval_count':3,'prompt_eval_duration':9,'eval_count':2,'eval_duration':80";

    private final String model;

    @SuppressWarnings("ImmutableEnumChecker") // a stand-in, reset before each test
    private final FakeUpstream upstream;

    Behind(String model, FakeUpstream upstream) {
        this.model = model;
        this.upstream = upstream;
    }

    /** What clients ask for. */
    String model() {
        return model;
    }

    FakeUpstream upstream() {
        return upstream;
    }

    /** The last request to the upstream. */
    JsonNode asked() {
        return Http.json(upstream.lastCall().body());
    }

    abstract void saysHello();

    /** Thinks "hm" and calls {@code weather} for Paris. */
    abstract void thinksAndCallsTheWeather();

    /** Two vectors of two numbers. */
    abstract void embeds();

    /** Says "Hel" and closes the connection. */
    abstract void breaksOff();

    abstract void refuses(int status, String words);

    /** Answers whole or as a stream, as it is asked. */
    private static Script whole(String document, Script stream) {
        Map<String, String> json = new TreeMap<>(Map.of("Content-Type", "application/json"));
        return (call, answer) -> {
            if (Http.json(call.body()).path("stream").asBoolean()) {
                stream.play(call, answer);
            } else {
                answer.whole(200, json, document);
            }
        };
    }

    private static Script lines(String... lines) {
        return (call, answer) -> {
            answer.start(200, "application/x-ndjson");
            for (String line : lines) {
                answer.chunk(line + "\n");
            }
            answer.end();
        };
    }

    private static String message(String message, String end) {
        return line("'message':" + message, end);
    }

    private static String line(String said, String end) {
        return ("{'model':'llama:1b','created_at':'2026-08-22T10:00:00.5Z'," + said + "," + end + "}")
                .replace('\'', '"');
    }
}
