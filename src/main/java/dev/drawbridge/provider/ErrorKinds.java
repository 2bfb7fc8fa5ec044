package dev.drawbridge.provider;

import dev.drawbridge.inference.ErrorKind;
import java.util.Locale;
import java.util.regex.Pattern;

/** What an upstream's status, code and words mean. Words count only where vendors share a status for several things. */
final class ErrorKinds {
    private static final Pattern CONTEXT = Pattern.compile(
            "context_length_exceeded|exceed_context_size|maximum context length|context (size|length|window)"
                    + "|prompt is too long|too large to process|too many tokens|input length exceeds");
    private static final Pattern FILTER =
            Pattern.compile("content_filter|content_policy|responsibleaipolicy|moderation_blocked");
    private static final Pattern QUOTA = Pattern.compile(
            "insufficient_quota|insufficient_balance|credit_balance|spend_limit|usage_limit_exceeded|billing"
                    + "|out of credit|exceeded your current quota");
    /** xAI and Gemini answer 400 for a wrong key. */
    private static final Pattern KEY = Pattern.compile("(incorrect|invalid) api key|api[_ ]key[_ ](not valid|invalid)");

    private static final Pattern MODEL = Pattern.compile(
            "model_not_found|notfounderror|model.*(not found|does not exist|not exist|unknown|no longer available)"
                    + "|(unknown|invalid) model|deploymentnotfound");

    private ErrorKinds() {}

    static ErrorKind of(int status, String code, String message) {
        String words = (code + " " + message).toLowerCase(Locale.ROOT);
        return switch (status) {
            case 400, 409, 416, 422 -> ofBadRequest(words);
            case 401 -> ErrorKind.UPSTREAM_UNAUTHORIZED;
            case 402 -> ErrorKind.QUOTA_EXHAUSTED;
            case 403 -> QUOTA.matcher(words).find() ? ErrorKind.QUOTA_EXHAUSTED : ErrorKind.UPSTREAM_FORBIDDEN;
            case 404, 410 -> ErrorKind.UPSTREAM_MODEL_NOT_FOUND;
            case 408, 504 -> ErrorKind.TIMEOUT;
            case 413 -> ErrorKind.TOO_LARGE;
            case 429 -> QUOTA.matcher(words).find() ? ErrorKind.QUOTA_EXHAUSTED : ErrorKind.RATE_LIMITED;
            case 501 -> ErrorKind.UNSUPPORTED_PARAMETER;
            case 503, 529 -> ErrorKind.OVERLOADED;
            default -> ofOther(status, words);
        };
    }

    private static ErrorKind ofBadRequest(String words) {
        if (CONTEXT.matcher(words).find()) {
            return ErrorKind.CONTEXT_LENGTH;
        }
        if (FILTER.matcher(words).find()) {
            return ErrorKind.CONTENT_FILTER;
        }
        if (QUOTA.matcher(words).find()) {
            return ErrorKind.QUOTA_EXHAUSTED;
        }
        if (KEY.matcher(words).find()) {
            return ErrorKind.UPSTREAM_UNAUTHORIZED;
        }
        return MODEL.matcher(words).find() ? ErrorKind.UPSTREAM_MODEL_NOT_FOUND : ErrorKind.INVALID_REQUEST;
    }

    private static ErrorKind ofOther(int status, String words) {
        if (status >= 500 || status < 400) {
            return CONTEXT.matcher(words).find() ? ErrorKind.CONTEXT_LENGTH : ErrorKind.UPSTREAM_ERROR;
        }
        return ErrorKind.INVALID_REQUEST;
    }
}
