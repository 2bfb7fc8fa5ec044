package dev.drawbridge.protocol.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoToolsTest {
    private static final String TOOLS = """
            'tools':[{'type':'custom','custom':{'name':'shell'}},
            {'type':'function','function':{'name':'getWeather','description':'Says how it rains or shines in a city',
            'parameters':{'type':'object','required':['city'],'properties':{'city':{'type':'string'}}}}},
            {'type':'function','function':{'name':'stock_price','description':'A share on the stock exchange'}}]""";

    @Test
    void a_tool_is_called_with_arguments_of_its_schema() {
        ObjectNode answer = Demo.answer(Demo.user("What is the weather in Paris?", TOOLS));
        JsonNode choice = answer.at("/choices/0");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.path("message").get("content").isNull()).isTrue();
        JsonNode call = choice.at("/message/tool_calls/0");
        assertThat(call.path("id").asText()).startsWith("call_");
        assertThat(call.path("type").asText()).isEqualTo("function");
        assertThat(call.at("/function/name").asText()).isEqualTo("getWeather");
        assertThat(call.at("/function/arguments").isTextual()).isTrue();
        assertThat(Demo.json(call.at("/function/arguments").asText())).isEqualTo(Demo.json("{'city':'Paris'}"));
        assertThat(answer.at("/usage/completion_tokens").asInt())
                .isEqualTo(DemoTokens.count("getWeather") + DemoTokens.count("{\"city\":\"Paris\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How is the WEATHER? | getWeather",
                "Which city? | getWeather",
                "Ask getweather! | getWeather",
                "The price, please | stock_price",
                "use stock_price | stock_price",
                "Hello | ''",
            })
    void by_itself_it_calls_a_tool_that_the_user_speaks_of(String text, String tool) {
        assertThat(called(text, TOOLS)).isEqualTo(tool);
        assertThat(called(text, TOOLS + ",'tool_choice':'auto'")).isEqualTo(tool);
    }

    @Test
    void the_client_may_choose_the_tool() {
        assertThat(called("Hello", TOOLS + ",'tool_choice':'required'")).isEqualTo("getWeather");
        assertThat(called("The price?", TOOLS + ",'tool_choice':'required'")).isEqualTo("stock_price");
        assertThat(called(
                        "The weather?", TOOLS + ",'tool_choice':{'type':'function','function':{'name':'stock_price'}}"))
                .isEqualTo("stock_price");
        assertThat(called("The weather?", TOOLS + ",'tool_choice':'none'")).isEmpty();
        assertThat(called("The weather?", "'tools':[]")).isEmpty();
    }

    @Test
    void a_tool_that_is_not_there_cannot_be_chosen() {
        String choice = ",'tool_choice':{'type':'function','function':{'name':'nope'}}";
        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> Demo.answer(Demo.user("Hi", TOOLS + choice)));
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failure.param()).contains("tool_choice");
    }

    @Test
    void a_tool_without_parameters_gets_none() {
        ObjectNode answer = Demo.answer(Demo.user("The price?", TOOLS));
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{}");
    }

    @Test
    void a_limit_does_not_cut_a_call() {
        ObjectNode answer = Demo.answer(Demo.user("The weather?", TOOLS + ",'max_tokens':1,'stop':'{'"));
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void a_result_of_a_tool_is_quoted() {
        String messages = """
                [{'role':'user','content':'The weather?'},
                {'role':'assistant','content':null,'tool_calls':[{'id':'call_1','type':'function',
                'function':{'name':'getWeather','arguments':'{}'}}]},
                {'role':'tool','tool_call_id':'call_1','content':'18 degrees'}]""";
        ObjectNode answer = Demo.answer(Demo.chat(messages, TOOLS + ",'tool_choice':'required'"));
        assertThat(answer.at("/choices/0/message/content").asText())
                .contains("\"18 degrees\"")
                .contains("demo model");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    /** The name of the tool that was called, or an empty string. */
    private static String called(String text, String more) {
        return Demo.answer(Demo.user(text, more))
                .at("/choices/0/message/tool_calls/0/function/name")
                .asText("");
    }
}
