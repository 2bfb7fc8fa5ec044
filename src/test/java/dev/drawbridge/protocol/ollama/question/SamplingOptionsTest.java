package dev.drawbridge.protocol.ollama.question;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingOptionsTest {

    @Test
    void options_become_fields_of_the_hub() {
        assertThat(hub("'options':{'temperature':0.2,'top_p':0.5,'top_k':20,'min_p':0.1,'repeat_penalty':1.1,"
                        + "'presence_penalty':0.3,'frequency_penalty':0.4,'seed':42,'stop':['a','b'],'num_predict':7}"))
                .isEqualTo(Lab.json("{'temperature':0.2,'top_p':0.5,'top_k':20,'min_p':0.1,'repetition_penalty':1.1,"
                        + "'presence_penalty':0.3,'frequency_penalty':0.4,'seed':42,'stop':['a','b'],'max_tokens':7}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'num_ctx':4096", "'num_gpu':1", "'num_thread':4", "'use_mmap':true", "'typical_p':0.9",
                "'repeat_last_n':64", "'mirostat':2", "'tfs_z':1", "'penalize_newline':true", "'numa':false",
                "'no_such_option':{}", "'num_predict':-1", "'num_predict':-2", "'num_predict':0", "'seed':-1",
                "'stop':[]", "'temperature':null"
            })
    void what_says_nothing_elsewhere_is_left_out(String option) {
        assertThat(hub("'options':{" + option + "}")).isEqualTo(Lab.json("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'num_predict':300", "'max_tokens':300"})
    void a_length_beside_the_options_counts(String field) {
        assertThat(hub(field).path("max_tokens").asInt()).isEqualTo(300);
    }

    @Test
    void the_length_among_the_options_counts_more() {
        assertThat(hub("'num_predict':300,'options':{'num_predict':5}")
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(5);
        assertThat(hub("'num_predict':300,'options':{'num_predict':-1}").has("max_tokens"))
                .isFalse();
        assertThat(hub("'temperature':0.5").path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(hub("'temperature':'hot'").has("temperature")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'temperature':'hot' | option \"temperature\" must be of type float32",
                "'num_predict':'10' | option \"num_predict\" must be of type integer",
                "'num_ctx':true | option \"num_ctx\" must be of type integer",
                "'use_mmap':1 | option \"use_mmap\" must be of type boolean",
                "'stop':'a' | option \"stop\" must be of type array",
                "'stop':[1] | option \"stop\" must be of an array of strings",
            })
    void values_of_the_wrong_type_are_refused(String option, String words) {
        assertThat(Asked.refusalWith("'options':{" + option + "}")).isEqualTo(words);
    }

    @Test
    void options_are_an_object() {
        assertThat(Asked.refusalWith("'options':[]")).isEqualTo("\"options\" must be an object");
    }

    /** What these fields add to the hub's request. */
    private static JsonNode hub(String fields) {
        ObjectNode hub = (ObjectNode) Asked.with(fields);
        hub.remove("model");
        hub.remove("messages");
        hub.remove("stream");
        return hub;
    }
}
