package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.catalog.FailureRule;
import dev.drawbridge.catalog.FailureRules;
import dev.drawbridge.catalog.Preset;
import dev.drawbridge.catalog.Presets;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.config.file.Problems;
import dev.drawbridge.config.file.SchemaCheck;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What vendors answer instead of an answer, and which kind of failure it is: {@code fixtures/failures.yaml}. */
class FailureRulesTest {

    /** The vendors' own words; {@code general} where they come from anywhere. */
    static List<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        ConfigReader.parseYaml(Fixture.read("failures.yaml"))
                .properties()
                .forEach(vendor -> vendor.getValue().forEach(one -> {
                    String name = vendor.getKey() + " " + one.path("status").asText() + " "
                            + one.path("body").asText();
                    cases.add(Arguments.of(Named.of(name, vendor.getKey()), one));
                }));
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_vendors_words_are_of_a_kind(String vendor, JsonNode one) {
        GatewayException failure = read(rules(vendor), one);

        assertThat(word(failure.kind())).isEqualTo(one.path("is").asText());
        if (one.has("hold")) {
            assertThat(word(failure.hold())).isEqualTo(one.path("hold").asText());
        }
        if (one.has("for")) {
            assertThat(failure.holdTime())
                    .isEqualTo(ConfigReader.duration(one.path("for").asText()));
        }
        assertThat(failure.retryAfter().map(Duration::toMillis).orElse(0L))
                .isEqualTo(one.path("wait").asLong());
    }

    @Test
    void every_rule_is_needed() throws IOException {
        Set<FailureRule> unused = new HashSet<>(FailureRules.general().rules());
        Presets.builtIn()
                .all()
                .forEach(preset -> unused.addAll(preset.failures().rules()));
        for (Arguments arguments : cases()) {
            String vendor = (String) ((Named<?>) arguments.get()[0]).getPayload();
            JsonNode one = (JsonNode) arguments.get()[1];
            ErrorBody body = ErrorBody.of(one.path("body").asText().getBytes(StandardCharsets.UTF_8));
            int status = one.path("status").asInt();
            rules(vendor)
                    .match(status == 200 ? body.status() : status, body.words())
                    .ifPresent(unused::remove);
        }

        assertThat(unused).isEmpty();
    }

    @Test
    void the_general_rules_have_the_form_of_the_configuration() throws IOException {
        JsonNode rules = ConfigReader.parseYaml(new String(resource("/catalog/failures.yaml"), StandardCharsets.UTF_8))
                .path("rules");
        ObjectNode provider = Json.object().put("protocol", "openai").set("failures", rules);
        Problems problems = new Problems();

        new SchemaCheck("drawbridge.json")
                .check(Json.object().set("providers", Json.object().set("any", provider)), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(rules).isNotEmpty();
    }

    @Test
    void every_status_has_a_meaning() {
        // Below are good answers, of which only 200 stands for errors inside of them.
        for (int status = 300; status < 600; status++) {
            assertThat(FailureRules.general().match(status, ""))
                    .as("status " + status)
                    .isPresent();
        }
    }

    /** Vendors quote what they were sent: names that clients choose must not hold anything. */
    @ParameterizedTest
    @MethodSource("quotes")
    void what_a_client_wrote_does_not_look_like_the_vendors_trouble(String message) {
        String body = "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\"}}";
        for (Preset preset : Presets.builtIn().all()) {
            assertThat(new UpstreamErrors(preset.failures())
                            .read(400, body.getBytes(StandardCharsets.UTF_8))
                            .kind())
                    .isEqualTo(ErrorKind.INVALID_REQUEST);
        }
    }

    static List<String> quotes() {
        return List.of(
                "Invalid schema for function 'billing': in context=()",
                "Invalid schema for function 'get_usage_limit': not an object",
                "Invalid 'tools[0].function.name': 'model_finder' not found in tool_choice",
                "messages.0: unknown role 'overloaded'",
                "tool 'api_key_check' was not found",
                "the model called a tool 'weather' that was not found",
                "Failed to parse 'unavailable' as JSON");
    }

    @Test
    void the_rules_of_ones_own_come_first() {
        Preset acme = Presets.with(Lab.object("""
                        {'acme': {'protocol': 'openai', 'failures': [
                          {'status': [403, '5xx'], 'says': 'Plan .* expired', 'is': 'quota-exhausted', 'hold': 'upstream', 'for': '1h'},
                          {'says': 'napping', 'is': 'overloaded'}]}}""")).of("acme").orElseThrow();
        UpstreamErrors errors = new UpstreamErrors(acme.failures());

        GatewayException expired =
                errors.read(500, "your plan has EXPIRED, plan b expired".getBytes(StandardCharsets.UTF_8));
        assertThat(expired.kind()).isEqualTo(ErrorKind.QUOTA_EXHAUSTED);
        assertThat(expired.hold()).isEqualTo(ErrorKind.Hold.UPSTREAM);
        assertThat(expired.holdTime()).isEqualTo(Duration.ofHours(1));
        assertThat(errors.read(418, "napping".getBytes(StandardCharsets.UTF_8)).kind())
                .isEqualTo(ErrorKind.OVERLOADED);
        assertThat(errors.read(404, new byte[0]).kind()).isEqualTo(ErrorKind.UPSTREAM_MODEL_NOT_FOUND);
    }

    private static GatewayException read(FailureRules rules, JsonNode one) {
        UpstreamErrors errors = new UpstreamErrors(rules);
        String body = one.path("body").asText();
        int status = one.path("status").asInt();
        return status == 200
                ? errors.inside(Fixture.parse(body))
                : errors.read(status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static FailureRules rules(String vendor) {
        return vendor.equals("general")
                ? FailureRules.general()
                : Presets.builtIn().of(vendor).orElseThrow().failures();
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = FailureRulesTest.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
