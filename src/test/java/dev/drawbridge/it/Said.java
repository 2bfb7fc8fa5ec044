package dev.drawbridge.it;

import dev.drawbridge.fakes.FakeUpstream.Script;

/** What an upstream says in these tests, and how it says it. */
final class Said {
    static final String USAGE = "{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}";

    private static final String HEAD =
            "{'id':'chatcmpl-1','object':'chat.completion.chunk','created':1700000000,'model':'real-name',"
                    .replace('\'', '"');

    private Said() {}

    /** A chat's answer with one choice of this text. */
    static String reply(String text) {
        return replyOf("{'index':0,'message':{'role':'assistant','content':'" + text + "'},'finish_reason':'stop'}");
    }

    /** A chat's answer with these choices; single quotes stand for double ones. */
    static String replyOf(String choices) {
        return ("{'id':'chatcmpl-1','object':'chat.completion','created':1700000000,'model':'real-name','choices':["
                        + choices + "],'usage':" + USAGE + "}")
                .replace('\'', '"');
    }

    /** A chunk of the first choice; single quotes stand for double ones. */
    static String delta(String delta) {
        return chunk("{'index':0,'delta':" + delta + ",'finish_reason':null}");
    }

    static String text(String text) {
        return delta("{'content':'" + text + "'}");
    }

    static String role() {
        return delta("{'role':'assistant','content':''}");
    }

    static String finish(String reason) {
        return chunk("{'index':0,'delta':{},'finish_reason':'" + reason + "'}");
    }

    static String chunk(String choices) {
        return HEAD + ("'choices':[" + choices + "]}").replace('\'', '"');
    }

    static String usage() {
        return HEAD + "\"choices\":[],\"usage\":" + USAGE + "}";
    }

    /** Streams the documents and says that it is done. */
    static Script stream(String... documents) {
        return (call, answer) -> answer.start(200, "text/event-stream")
                .events(documents)
                .events("[DONE]")
                .end();
    }

    /** Streams "Hello world", well-behaved, with usage. */
    static Script hello() {
        return stream(role(), text("Hello"), text(" world"), finish("stop"), usage());
    }

    static String error(String message, String code) {
        return ("{'error':{'message':'" + message + "','type':'any','param':null,'code':'" + code + "'}}")
                .replace('\'', '"');
    }
}
