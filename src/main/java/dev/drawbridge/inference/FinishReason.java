package dev.drawbridge.inference;

import java.util.Locale;

/** Why a model stopped: OpenAI's words, and what other vendors' words mean in them. */
public enum FinishReason {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER,
    FUNCTION_CALL;

    /**
     * Reads a vendor's word: Mistral's {@code model_length}, Anthropic's {@code end_turn} and {@code max_tokens},
     * Gemini's upper case, Ollama's {@code load} … An unknown word counts as {@link #STOP}.
     */
    public static FinishReason of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "length", "model_length", "max_tokens", "model_context_window_exceeded" -> LENGTH;
            case "tool_calls", "tool_use", "tool_call" -> TOOL_CALLS;
            case "function_call" -> FUNCTION_CALL;
            case "content_filter", "refusal", "safety", "recitation", "blocklist", "prohibited_content" ->
                CONTENT_FILTER;
            default -> STOP;
        };
    }

    /** Whether the word says that the upstream failed rather than finished (Mistral and vLLM send these). */
    public static boolean isFailure(String word) {
        return word.equals("error") || word.equals("abort");
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
