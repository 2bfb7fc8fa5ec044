package dev.drawbridge.provider;

import dev.drawbridge.inference.ErrorKind;

/** The statuses with which vendors refuse a call, and what they mean. The vendor's own words for it are a fixture. */
public enum Refusal implements Fixture {
    BAD_REQUEST(400, ErrorKind.INVALID_REQUEST),
    CONTEXT_LENGTH(400, ErrorKind.CONTEXT_LENGTH),
    FILTERED_PROMPT(400, ErrorKind.CONTENT_FILTER),
    UNAUTHORIZED(401, ErrorKind.UPSTREAM_UNAUTHORIZED),
    FORBIDDEN(403, ErrorKind.UPSTREAM_FORBIDDEN),
    UNKNOWN_MODEL(404, ErrorKind.UPSTREAM_MODEL_NOT_FOUND),
    UNPROCESSABLE(422, ErrorKind.INVALID_REQUEST),
    RATE_LIMITED(429, ErrorKind.RATE_LIMITED),
    NO_QUOTA(429, ErrorKind.QUOTA_EXHAUSTED),
    /** Gemini puts its errors into a list. */
    ARRAY_ERROR(429, ErrorKind.RATE_LIMITED),
    SERVER_ERROR(500, ErrorKind.UPSTREAM_ERROR),
    OVERLOADED(503, ErrorKind.OVERLOADED);

    private final int status;
    private final ErrorKind kind;

    Refusal(int status, ErrorKind kind) {
        this.status = status;
        this.kind = kind;
    }

    public int status() {
        return status;
    }

    public ErrorKind kind() {
        return kind;
    }
}
