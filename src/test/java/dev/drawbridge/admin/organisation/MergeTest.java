package dev.drawbridge.admin.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.wire.JsonCodec;
import dev.drawbridge.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final String BLANK = "{'name':'','blocked':false,'limits':{},'budget':null,'models':[]}";

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonCodec.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ObjectNode merged(String base, String sent) {
        return Merge.of(json(base), json(sent), json(BLANK));
    }

    @Test
    void what_is_not_sent_stays() {
        assertThat(merged("{'name':'a','limits':{'in-flight':3},'models':['x']}", "{'limits':{'tokens-per-day':9}}"))
                .isEqualTo(json("{'name':'a','limits':{'in-flight':3,'tokens-per-day':9},'models':['x'],"
                        + "'blocked':false,'budget':null}"));
    }

    @Test
    void null_takes_a_value_away() {
        assertThat(merged(
                        "{'name':'a','limits':{'in-flight':3},'models':['x']}",
                        "{'models':null,'limits':{'in-flight':null}}"))
                .isEqualTo(json("{'name':'a','limits':{},'blocked':false,'budget':null,'models':[]}"));
    }

    @Test
    void lists_are_replaced_as_a_whole() {
        assertThat(merged("{'models':['x','y']}", "{'models':['z']}").path("models"))
                .isEqualTo(json("{'a':['z']}").path("a"));
    }

    @Test
    void what_the_gateway_adds_to_answers_may_come_back() {
        assertThat(merged(BLANK, "{'id':'1','created':'x','changed':'y','prefix':'p','name':'n'}"))
                .isEqualTo(json("{'name':'n','blocked':false,'limits':{},'budget':null,'models':[]}"));
    }

    @Test
    void a_field_that_nobody_knows_is_left_for_the_reader_to_refuse() {
        assertThat(merged(BLANK, "{'nmae':'n'}").has("nmae")).isTrue();
    }

    @Test
    void documents_that_were_there_are_not_touched() {
        ObjectNode base = json("{'limits':{'in-flight':3}}");
        ObjectNode sent = json("{'id':'1','limits':{'in-flight':4}}");

        Merge.of(base, sent, json(BLANK));

        assertThat(base).isEqualTo(json("{'limits':{'in-flight':3}}"));
        assertThat(sent).isEqualTo(json("{'id':'1','limits':{'in-flight':4}}"));
    }
}
