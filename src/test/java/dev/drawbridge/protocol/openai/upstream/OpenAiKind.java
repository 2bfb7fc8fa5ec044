package dev.drawbridge.protocol.openai.upstream;

import dev.drawbridge.inference.ErrorKind;
import java.util.Locale;

/**
 * How the vendors who speak OpenAI's protocol want to be asked, and how they refuse. The folder of fixtures shows how
 * they answer.
 */
enum OpenAiKind {
    OPENAI("base-url: '%s/v1'", "/v1/", "https://api.openai.com/v1/", 404, ErrorKind.UPSTREAM_MODEL_NOT_FOUND),
    AZURE("base-url: '%s'", "/openai/v1/", "", 400, ErrorKind.CONTENT_FILTER),
    AZURE_PASTED("base-url: '%s/openai/v1/'", "/openai/v1/", "", 400, ErrorKind.CONTENT_FILTER),
    AZURE_CLASSIC(
            "base-url: '%s', api-version: 2024-10-21",
            "/openai/deployments/Meta-Llama-3_3-70B-Instruct/", "", 400, ErrorKind.CONTENT_FILTER),
    OVHCLOUD(
            "base-url: '%s/v1'",
            "/v1/", "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1/", 429, ErrorKind.RATE_LIMITED),
    OVHCLOUD_LEGACY(
            "base-url: '%s/api/openai_compat/v1'",
            "/api/openai_compat/v1/",
            "https://llama-3-3-70b-instruct.endpoints.kepler.ai.cloud.ovh.net/api/openai_compat/v1/",
            429,
            ErrorKind.RATE_LIMITED),
    SCALEWAY("base-url: '%s/v1'", "/v1/", "https://api.scaleway.ai/v1/", 422, ErrorKind.UPSTREAM_MODEL_NOT_FOUND),
    SCALEWAY_PROJECT(
            "base-url: '%s/11-22/v1', project-id: 33-44",
            "/11-22/v1/", "https://api.scaleway.ai/33-44/v1/", 422, ErrorKind.UPSTREAM_MODEL_NOT_FOUND),
    MISTRAL("base-url: '%s/v1'", "/v1/", "https://api.mistral.ai/v1/", 429, ErrorKind.OVERLOADED),
    VLLM("base-url: '%s'", "/v1/", "http://localhost:8000/v1/", 404, ErrorKind.UPSTREAM_MODEL_NOT_FOUND),
    VLLM_PASTED("base-url: '%s/v1/'", "/v1/", "http://localhost:8000/v1/", 404, ErrorKind.UPSTREAM_MODEL_NOT_FOUND),
    LLAMACPP("base-url: '%s'", "/v1/", "", 503, ErrorKind.OVERLOADED),
    GEMINI(
            "base-url: '%s/v1beta/openai'",
            "/v1beta/openai/",
            "https://generativelanguage.googleapis.com/v1beta/openai/",
            400,
            ErrorKind.INVALID_REQUEST),
    GROQ("base-url: '%s/openai/v1'", "/openai/v1/", "https://api.groq.com/openai/v1/", 429, ErrorKind.RATE_LIMITED),
    DEEPSEEK("base-url: '%s/v1'", "/v1/", "https://api.deepseek.com/v1/", 402, ErrorKind.QUOTA_EXHAUSTED),
    OPENROUTER("base-url: '%s/api/v1'", "/api/v1/", "https://openrouter.ai/api/v1/", 502, ErrorKind.UPSTREAM_ERROR),
    TOGETHER("base-url: '%s/v1'", "/v1/", "https://api.together.xyz/v1/", 404, ErrorKind.UPSTREAM_MODEL_NOT_FOUND),
    XAI("base-url: '%s/v1'", "/v1/", "https://api.x.ai/v1/", 404, ErrorKind.UPSTREAM_MODEL_NOT_FOUND),
    ANTHROPIC("base-url: '%s/v1'", "/v1/", "https://api.anthropic.com/v1/", 529, ErrorKind.OVERLOADED);

    static final String MODEL = "Meta-Llama-3_3-70B-Instruct";

    private final String settings;
    private final String path;
    private final String home;
    private final int status;
    private final ErrorKind refusal;

    OpenAiKind(String settings, String path, String home, int status, ErrorKind refusal) {
        this.settings = settings;
        this.path = path;
        this.home = home;
        this.status = status;
        this.refusal = refusal;
    }

    /** The name of the preset. */
    String preset() {
        return this == OVHCLOUD_LEGACY
                ? "ovhcloud-legacy"
                : name().toLowerCase(Locale.ROOT).replaceFirst("_.*", "");
    }

    /** The folder of the fixtures. */
    String dialect() {
        return preset().replace("-legacy", "");
    }

    /** The configuration's entry, with its address at {@code url}. */
    String at(String url) {
        return "{name: lab, kind: " + preset() + ", api-key: k3y, " + settings.formatted(url) + "}";
    }

    /** The configuration's entry without an address. */
    String atHome() {
        return at("").replaceFirst("base-url: '[^']*'(, )?", "");
    }

    String path() {
        return path + "chat/completions";
    }

    String query() {
        return this == AZURE_CLASSIC ? "?api-version=2024-10-21" : "";
    }

    /** Where the vendor itself is; empty where everybody has an address of his own. */
    String home() {
        return home.isEmpty() ? "" : home + "chat/completions";
    }

    int status() {
        return status;
    }

    ErrorKind refusal() {
        return refusal;
    }
}
