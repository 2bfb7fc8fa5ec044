package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaInstanceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'integer'} | 1",
                "{'type':'integer','minimum':5} | 5",
                "{'type':'integer','minimum':4.5} | 5",
                "{'type':'number','minimum':0.5} | 0.5",
                "{'type':'integer','exclusiveMinimum':7} | 8",
                "{'type':'integer','maximum':0} | 0",
                "{'type':'boolean'} | true",
                "{'type':'null'} | null",
                "{'type':'string'} | 'Paris'",
                "{'type':'string','enum':['b','a']} | 'b'",
                "{'const':3} | 3",
                "{'type':'string','format':'date'} | '2025-01-31'",
                "{'type':['null','boolean']} | true",
                "{'type':'array','items':{'type':'integer'}} | [1]",
                "{'type':'array','minItems':3,'items':{'type':'integer'}} | [1,1,1]",
                "{'type':'array','maxItems':0,'items':{'type':'integer'}} | []",
                "{'items':{'type':'boolean'}} | [true]",
                "{'anyOf':[{'type':'null'},{'type':'boolean'}]} | true",
                "{'$ref':'https://example.com/other'} | {}",
                "{'$ref':'#/$defs/none'} | {}",
                "{} | {}",
                "true | {}",
            })
    void a_value_follows_its_schema(String schema, String value) {
        assertThat(made(schema)).isEqualTo(Demo.json(value));
    }

    @Test
    void an_object_has_its_required_properties_and_no_others() {
        assertThat(made("""
                        {'type':'object','required':['city','days','unknown'],'properties':{
                          'city':{'type':'string'},'days':{'type':'object','required':['n'],
                          'properties':{'n':{'type':'integer','minimum':2}}},'unit':{'type':'string'}}}""")).isEqualTo(Demo.json("{'city':'Paris','days':{'n':2},'unknown':{}}"));
    }

    @Test
    void a_string_is_named_after_its_property_when_the_user_said_nothing() {
        JsonNode schema = Demo.json("{'required':['city'],'properties':{'city':{'type':'string'}}}");
        assertThat(SchemaInstance.of(schema, "?!")).isEqualTo(Demo.json("{'city':'city'}"));
    }

    @Test
    void a_definition_in_the_same_schema_is_followed() {
        assertThat(made("""
                                {'type':'object','required':['at'],'properties':{'at':{'$ref':'#/$defs/place'}},
                                 '$defs':{'place':{'type':'object','required':['x'],'properties':{'x':{'type':'number'}}}}}""")).isEqualTo(Demo.json("{'at':{'x':1}}"));
    }

    @Test
    void a_schema_without_end_makes_a_small_value() {
        JsonNode value = made(
                "{'type':'array','minItems':1000000000,'items':{'$ref':'#'},'note':'sixteen items in each of sixteen …'}");
        assertThat(value.toString().length()).isLessThan(10_000);
        assertThat(made("{'type':'object','required':['next'],'properties':{'next':{'$ref':'#'}}}")
                        .toString())
                .hasSizeLessThan(1000);
        assertThat(made("{'$ref':'#'}")).isEqualTo(Demo.json("{}"));
    }

    @Test
    void the_word_is_the_last_name_or_else_the_last_word() {
        HashMap<String, String> words = new HashMap<>();
        for (String text : new String[] {"weather in Paris today", "Hello there", "Paris", ""}) {
            words.put(
                    text,
                    SchemaInstance.of(Demo.json("{'type':'string'}"), text).asText());
        }
        assertThat(words)
                .containsEntry("weather in Paris today", "Paris")
                .containsEntry("Hello there", "there")
                .containsEntry("Paris", "Paris")
                .containsEntry("", "demo");
    }

    private static JsonNode made(String schema) {
        // Written and read again, since a long 1 is not an int 1.
        return Demo.json(SchemaInstance.of(Demo.json(schema), "What is the weather in Paris?")
                .toString());
    }
}
