package dev.drawbridge.wire;

import java.io.IOException;

/** Bytes that are no JSON document. The message completes a sentence such as "the request body …". */
public final class MalformedJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }
}
