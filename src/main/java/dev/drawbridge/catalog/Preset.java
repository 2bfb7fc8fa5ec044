package dev.drawbridge.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What all upstreams of one kind have in common: an entry of {@code catalog/providers.yaml}.
 *
 * @param kind its name
 * @param protocol the {@link ModelProvider#protocol} that it speaks
 * @param urls templates; the first whose placeholders are all known is used
 * @param strip ends of a base-url that users paste and the templates add again
 * @param hosts the placeholder {@code {host}} by model
 * @param headers sent with every request
 * @param streamUsage whether it takes {@code stream_options.include_usage}
 * @param listing whether it lists its models, and the list is to be believed
 * @param environment variables that make such an upstream where there is no file
 * @param adaptations rules that all its models need
 * @param atVendor further rules, where no base-url is given
 * @param failures how its failures are understood
 */
public record Preset(
        String kind,
        String title,
        String protocol,
        List<String> urls,
        List<String> strip,
        Map<String, String> hosts,
        Auth auth,
        Map<String, String> headers,
        boolean streamUsage,
        boolean listing,
        Environment environment,
        List<JsonNode> adaptations,
        List<JsonNode> atVendor,
        FailureRules failures) {

    /** How the credential is sent. */
    public record Auth(String header, String prefix, Key key) {}

    /** Whether an upstream needs a credential at the vendor's own address. */
    public enum Key {
        REQUIRED,
        OPTIONAL,
        NONE
    }

    /**
     * @param when sets of variables; of each set one must be there. No sets: never by itself
     * @param values setting to the variables that may hold it
     */
    public record Environment(List<List<String>> when, Map<String, List<String>> values) {}
}
