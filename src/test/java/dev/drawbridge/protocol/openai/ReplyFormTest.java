package dev.drawbridge.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelRequest.EmbeddingRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyFormTest {
    /** 1, -0.5 and 0.1: 0000803f, 000000bf, cdcccc3d, least byte first. */
    private static final String PACKED = "AACAPwAAAL/NzMw9";

    @Test
    void the_model_is_called_what_the_client_called_it() {
        ObjectNode reply = Lab.object("{'id':'x','model':'upstreams-name','choices':[],'x_vendor':{'a':null}}");

        assertThat(form(reply, Lab.chat("{'model':'alias'}")))
                .isEqualTo(Lab.json("{'id':'x','model':'alias','choices':[],'x_vendor':{'a':null}}"));
        assertThat(reply.path("model").asText()).isEqualTo("upstreams-name");
    }

    @Test
    void a_reply_without_a_model_gets_one() {
        assertThat(form(Lab.object("{}"), Lab.chat("{'model':'alias'}"))).isEqualTo(Lab.json("{'model':'alias'}"));
    }

    @Test
    void numbers_are_packed_for_clients_that_want_base64() {
        JsonNode list = form(list("[1,-0.5,0.1]"), embedding("'encoding_format':'base64'"));

        assertThat(list).isEqualTo(list("'" + PACKED + "'").put("model", "alias"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'encoding_format':'float'", "'encoding_format':null", "'user':'u'"})
    void base64_is_unpacked_for_clients_that_want_numbers(String format) {
        JsonNode list = form(list("'" + PACKED + "'"), embedding(format));

        assertThat(list).isEqualTo(list("[1.0,-0.5,0.1]").put("model", "alias"));
    }

    @Test
    void vectors_in_the_wanted_form_stay_as_they_are() {
        assertThat(form(list("[1,0.30000000000000004]"), embedding("'encoding_format':'float'"))
                        .at("/data/0/embedding"))
                .isEqualTo(Lab.json("[1,0.30000000000000004]"));
        assertThat(form(list("'" + PACKED + "'"), embedding("'encoding_format':'base64'"))
                        .at("/data/0/embedding")
                        .asText())
                .isEqualTo(PACKED);
    }

    @Test
    void each_vector_is_packed_and_keeps_its_place() {
        ObjectNode list = Lab.object("{'data':[{'index':1,'embedding':[1]},{'index':0,'embedding':[]}],'usage':{}}");

        assertThat(form(list, embedding("'encoding_format':'base64'")))
                .isEqualTo(Lab.json("{'data':[{'index':1,'embedding':'AACAPw=='},{'index':0,'embedding':''}],"
                        + "'usage':{},'model':'alias'}"));
    }

    private static ObjectNode list(String vector) {
        return Lab.object("{'object':'list','data':[{'object':'embedding','index':0,'embedding':" + vector
                + "}],'model':'upstreams-name','usage':{'prompt_tokens':1,'total_tokens':1}}");
    }

    private static EmbeddingRequest embedding(String format) {
        return new EmbeddingRequest(Lab.object("{'model':'alias','input':'a'," + format + "}"));
    }

    private static JsonNode form(ObjectNode reply, ModelRequest request) {
        return Lab.written(ReplyForm.of(new ModelReply(reply), request));
    }
}
