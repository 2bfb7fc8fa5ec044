package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersTest {
    private static final String TWO = """
            upstreams:
              - { name: one, kind: ollama, base-url: "http://127.0.0.1:1" }
              - { name: two, kind: ollama, base-url: "http://127.0.0.1:2" }
              - { name: api, kind: openai, base-url: "http://127.0.0.1:3/v1" }
            models:
              - { id: tiny, targets: [{ upstream: two, model: "smollm2:135m" }] }
              - { id: gpt, targets: [{ upstream: api }] }
            """;

    @TempDir
    private Path folder;

    @Test
    void the_owner_of_a_model_is_the_upstream_of_its_route_and_has_its_own_name_for_it() {
        assertThat(owner(owners(TWO, "").of("tiny"))).isEqualTo("two smollm2:135m");
        assertThat(owner(owners(TWO, "").of("TINY:latest"))).isEqualTo("two smollm2:135m");
    }

    @Test
    void an_upstream_may_stand_before_the_name() {
        assertThat(owner(owners(TWO, "").of("one/hf.co/user/repo:Q4"))).isEqualTo("one hf.co/user/repo:Q4");
    }

    @Test
    void an_upstream_may_be_named_apart() {
        assertThat(owner(owners(TWO, "one").of("tiny"))).isEqualTo("one tiny");
        assertThat(owner(owners(TWO, "two").of("tiny"))).isEqualTo("two smollm2:135m");
        assertThat(owner(owners(TWO, "two").of("two/x"))).isEqualTo("two x");
    }

    @Test
    void one_that_is_named_must_be_there() {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> owners(TWO, "api").of("x"))
                .withMessageContaining("no upstream named \"api\"")
                .withMessageContaining("one, two")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void nobody_guesses_between_several() {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> owners(TWO, "").of("new"))
                .withMessageContaining("one, two")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
    }

    @Test
    void the_only_one_owns_what_nobody_knows() {
        String one = "upstreams: [{ name: one, kind: ollama, base-url: \"http://127.0.0.1:1\" }]";
        assertThat(owner(owners(one, "").of("new"))).isEqualTo("one new");
    }

    @Test
    void without_any_there_is_no_owner() {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() ->
                        owners("upstreams: [{ name: demo, kind: demo }]", "").of("new"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void a_model_of_an_api_is_foreign_unless_an_upstream_is_named() {
        assertThat(owners(TWO, "").isForeign("gpt")).isTrue();
        assertThat(owners(TWO, "").isForeign("tiny")).isFalse();
        assertThat(owners(TWO, "").isForeign("unknown")).isFalse();
        assertThat(owners(TWO, "one").isForeign("gpt")).isFalse();
    }

    @Test
    void a_new_model_is_made_where_its_source_is_and_under_the_name_that_it_was_given() {
        assertThat(owner(owners(TWO, "").ofNew("mine", "tiny"))).isEqualTo("two mine");
        assertThat(owner(owners(TWO, "").ofNew("tiny", "tiny"))).isEqualTo("two tiny");
        assertThat(owner(owners(TWO, "").ofNew("one/mine", "tiny"))).isEqualTo("one mine");
    }

    @Test
    void clients_know_models_by_the_names_of_their_routes() {
        Owners owners = owners(TWO, "");
        var two = owners.upstreams().get(1);
        assertThat(owners.idOf(two, "smollm2:135m")).contains("tiny:latest");
        assertThat(owners.idOf(two, "other")).isEmpty();
    }

    private Owners owners(String yaml, String named) {
        LiveConfig config = Configs.live(folder, yaml);
        config.close();
        return new Owners(
                Configs.models(config).current(), "ollama", Optional.of(named).filter(name -> !name.isEmpty()));
    }

    private static String owner(Owner owner) {
        return owner.upstream().name() + " " + owner.model();
    }
}
