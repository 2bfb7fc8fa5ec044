package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamErrorsTest {

    /** Status, body, then what it becomes: kind, message, param, code. In bodies a backtick stands for a quote. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # OpenAI
            401 | {`error`:{`message`:`Incorrect API key`,`type`:`invalid_request_error`,`param`:null,`code`:`invalid_api_key`}} | UPSTREAM_UNAUTHORIZED | the upstream refused the gateway's credential | - | invalid_api_key
            404 | {`error`:{`message`:`No such model`,`type`:`invalid_request_error`,`param`:`model`,`code`:`model_not_found`}} | UPSTREAM_MODEL_NOT_FOUND | No such model | model | model_not_found
            400 | {`error`:{`message`:`Too long`,`type`:`invalid_request_error`,`param`:`messages`,`code`:`context_length_exceeded`}} | CONTEXT_LENGTH | Too long | messages | context_length_exceeded
            400 | {`error`:{`message`:`Unsupported value`,`type`:`invalid_request_error`,`param`:`temperature`,`code`:`unsupported_value`}} | INVALID_REQUEST | Unsupported value | temperature | unsupported_value
            429 | {`error`:{`message`:`Rate limit reached`,`type`:`requests`,`param`:null,`code`:`rate_limit_exceeded`}} | RATE_LIMITED | Rate limit reached | - | rate_limit_exceeded
            429 | {`error`:{`message`:`You are out`,`type`:`insufficient_quota`,`param`:null,`code`:`insufficient_quota`}} | QUOTA_EXHAUSTED | You are out | - | insufficient_quota
            500 | {`error`:{`message`:`Oops`,`type`:`server_error`,`param`:null,`code`:null}} | UPSTREAM_ERROR | Oops | - | -
            503 | {`error`:{`message`:`Overloaded`,`type`:`server_error`}} | OVERLOADED | Overloaded | - | -
            # Azure
            400 | {`error`:{`message`:`Filtered`,`type`:null,`param`:`prompt`,`code`:`content_filter`,`status`:400,`innererror`:{`code`:`ResponsibleAIPolicyViolation`}}} | CONTENT_FILTER | Filtered | prompt | content_filter
            404 | {`error`:{`code`:`DeploymentNotFound`,`message`:`No deployment`}} | UPSTREAM_MODEL_NOT_FOUND | No deployment | - | DeploymentNotFound
            403 | {`error`:{`code`:`Forbidden`,`message`:`Blocked`}} | UPSTREAM_FORBIDDEN | Blocked | - | Forbidden
            # vLLM
            400 | {`error`:{`message`:`This model's maximum context length is 8192 tokens`,`type`:`BadRequestError`,`param`:null,`code`:400}} | CONTEXT_LENGTH | This model's maximum context length is 8192 tokens | - | 400
            400 | {`object`:`error`,`message`:`bad value`,`type`:`BadRequestError`,`param`:null,`code`:400} | INVALID_REQUEST | bad value | - | 400
            404 | {`error`:{`message`:`The model x does not exist.`,`type`:`NotFoundError`,`param`:`model`,`code`:404}} | UPSTREAM_MODEL_NOT_FOUND | The model x does not exist. | model | 404
            401 | {`error`:`Unauthorized`} | UPSTREAM_UNAUTHORIZED | the upstream refused the gateway's credential | - | -
            # llama.cpp
            400 | {`error`:{`code`:400,`message`:`request exceeds`,`type`:`exceed_context_size_error`,`n_prompt_tokens`:9,`n_ctx`:8}} | CONTEXT_LENGTH | request exceeds | - | 400
            503 | {`error`:{`code`:503,`message`:`Loading model`,`type`:`unavailable_error`}} | OVERLOADED | Loading model | - | 503
            501 | {`error`:{`code`:501,`message`:`No embeddings`,`type`:`not_supported_error`}} | UNSUPPORTED_PARAMETER | No embeddings | - | 501
            # Mistral
            400 | {`object`:`error`,`message`:`Invalid model: x`,`type`:`invalid_model`,`param`:null,`code`:`1500`} | UPSTREAM_MODEL_NOT_FOUND | Invalid model: x | - | 1500
            401 | {`message`:`Unauthorized`,`request_id`:`r`} | UPSTREAM_UNAUTHORIZED | the upstream refused the gateway's credential | - | -
            422 | {`object`:`error`,`message`:{`detail`:[{`type`:`extra_forbidden`,`loc`:[`body`,`seed`],`msg`:`Extra inputs are not permitted`}]},`type`:`invalid_request_message_error`,`param`:null,`code`:null} | INVALID_REQUEST | seed: Extra inputs are not permitted | - | -
            422 | {`detail`:[{`type`:`missing`,`loc`:[`body`,`messages`,0,`role`],`msg`:`Field required`},{`loc`:[],`msg`:`more`}]} | INVALID_REQUEST | messages.0.role: Field required | - | -
            # Scaleway
            422 | {`object`:`error`,`message`:`The model x does not exist.`,`type`:`NotFoundError`,`param`:null,`code`:404} | UPSTREAM_MODEL_NOT_FOUND | The model x does not exist. | - | 404
            403 | {`error`:{`message`:`insufficient permissions`,`type`:`permission`,`param`:null,`code`:403}} | UPSTREAM_FORBIDDEN | insufficient permissions | - | 403
            416 | {`object`:`error`,`message`:`max_tokens is too large`,`type`:`x`,`param`:`max_tokens`,`code`:416} | INVALID_REQUEST | max_tokens is too large | max_tokens | 416
            # Gemini
            400 | [{`error`:{`code`:400,`message`:`Unknown name`,`status`:`INVALID_ARGUMENT`,`details`:[]}}] | INVALID_REQUEST | Unknown name | - | 400
            429 | [{`error`:{`code`:429,`message`:`Resource has been exhausted`,`status`:`RESOURCE_EXHAUSTED`}}] | RATE_LIMITED | Resource has been exhausted | - | 429
            # Anthropic
            529 | {`type`:`error`,`error`:{`type`:`overloaded_error`,`message`:`Overloaded`},`request_id`:`r`} | OVERLOADED | Overloaded | - | -
            413 | {`type`:`error`,`error`:{`type`:`request_too_large`,`message`:`Too large`}} | TOO_LARGE | Too large | - | -
            400 | {`type`:`error`,`error`:{`type`:`invalid_request_error`,`message`:`Your credit balance is too low`}} | QUOTA_EXHAUSTED | Your credit balance is too low | - | -
            # FastAPI and others
            404 | {`detail`:`Not Found`} | UPSTREAM_MODEL_NOT_FOUND | Not Found | - | -
            402 | {`message`:`Pay first`} | QUOTA_EXHAUSTED | Pay first | - | -
            408 | {`message`:`Slow`} | TIMEOUT | Slow | - | -
            504 | {`message`:null,`detail`:`Gateway timeout`} | TIMEOUT | Gateway timeout | - | -
            500 | {} | UPSTREAM_ERROR | the upstream answered with status 500 | - | -
            500 | [] | UPSTREAM_ERROR | the upstream answered with status 500 | - | -
            500 | null | UPSTREAM_ERROR | the upstream answered with status 500 | - | -
            400 | {`error`:{`message`:[],`code`:{}}} | INVALID_REQUEST | the upstream answered with status 400 | - | -
            302 | {} | UPSTREAM_ERROR | the upstream answered with status 302 | - | -
            # No JSON
            502 | <html><body>Bad gateway</body></html> | UPSTREAM_ERROR | the upstream answered with status 502 | - | -
            503 | no healthy upstream | OVERLOADED | no healthy upstream | - | -
            500 | {`error`: | UPSTREAM_ERROR | {`error`: | - | -
            """)
    void each_vendors_shape_is_understood(
            int status, String body, ErrorKind kind, String message, String param, String code) {
        GatewayException failure = read(status, body.replace('`', '"'));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).isEqualTo(message.replace('`', '"'));
        assertThat(failure.param()).isEqualTo(param.equals("-") ? Optional.empty() : Optional.of(param));
        assertThat(failure.code()).isEqualTo(code.equals("-") ? Optional.empty() : Optional.of(code));
        assertThat(failure.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n"})
    void an_answer_without_words_tells_its_status(String body) {
        assertThat(read(500, body).message()).isEqualTo("the upstream answered with status 500");
    }

    @Test
    void a_wall_of_text_is_cut() {
        assertThat(read(500, "x".repeat(100_000)).message()).hasSize(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'code':429,'message':'slow'}}|RATE_LIMITED",
                "{'error':{'code':'503','message':'busy'}}|OVERLOADED",
                "{'error':{'code':'oops','status':401,'message':'key'}}|UPSTREAM_UNAUTHORIZED",
                "{'error':{'message':'boom','type':'server_error','code':null}}|UPSTREAM_ERROR",
                "{'error':'boom'}|UPSTREAM_ERROR",
                "[{'error':{'code':400,'message':'no'}}]|INVALID_REQUEST",
                "{'error':{'code':200,'message':'no'}}|UPSTREAM_ERROR",
                "{'error':{'message':'maximum context length is 5'}}|CONTEXT_LENGTH"
            })
    void an_error_inside_of_a_good_answer_is_read_by_its_own_code(String body, ErrorKind kind) {
        assertThat(UpstreamErrors.general().inside(Lab.json(body)).kind()).isEqualTo(kind);
    }

    @Test
    void the_wait_that_words_ask_for_is_kept_where_waiting_helps() {
        assertThat(read(429, "Slow down, and try again in 3 s.").retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(read(400, "messages[0] says: try again in 3 s").retryAfter()).isEmpty();
    }

    private static GatewayException read(int status, String body) {
        return UpstreamErrors.general().read(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
