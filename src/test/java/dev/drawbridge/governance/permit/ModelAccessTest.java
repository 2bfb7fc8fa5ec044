package dev.drawbridge.governance.permit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Defaults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAccessTest {
    private static Chain models(List<List<String>> models) {
        return new Chain(models, List.of(), List.of(), Map.of(), Defaults.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, gpt-4o, true",
        "gpt-*, gpt-4o, true",
        "gpt-?o, gpt-4o, true",
        "*, '', true",
        "?, '', false",
        "gpt, gpt-4o, false",
        "*4*, gpt-4o, true",
        "*-*-*, gpt-4o, false",
        "a*b*c, aXXbYbZc, true",
        "a*b*c, aXXbYbZ, false",
        "llama3:*, llama3:8b, true",
        "GPT-*, gpt-4o, false",
        "a.c, abc, false",
    })
    void a_glob_is_the_whole_name(String glob, String name, boolean matches) {
        assertThat(Globs.matches(glob, name)).isEqualTo(matches);
    }

    @Test
    void every_level_that_names_models_must_name_it() {
        assertThat(ModelAccess.allows(models(List.of()), "gpt-4o", "gpt-4o")).isTrue();
        assertThat(ModelAccess.allows(models(List.of(List.of("gpt-*"), List.of("*-4o"))), "gpt-4o", "gpt-4o"))
                .isTrue();
        assertThat(ModelAccess.allows(models(List.of(List.of("gpt-*"), List.of("llama*"))), "gpt-4o", "gpt-4o"))
                .isFalse();
    }

    @Test
    void an_alias_is_as_good_as_the_name() {
        assertThat(ModelAccess.allows(models(List.of(List.of("best"))), "gpt-4o", "best"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5*, gpt-5, gpt-5, true",
        "gpt-5*, gpt-5-mini, small, true",
        "small, gpt-5-mini, small, true",
        "gpt-5*, openai/gpt-5, openai/gpt-5, true",
        "gpt-5*, openai/gpt-5, OpenAI/GPT-5, true",
        "gpt-5*, lab/openai/gpt-5, lab/openai/gpt-5, true",
        "openai/*, openai/gpt-5, openai/gpt-5, true",
        "openai/*, lab/openai/gpt-5, lab/openai/gpt-5, true",
        "claude-4, cloud/claude-4, cloud/vendor.claude-4-v1:0, true",
        "gpt-5, openai/gpt-5-mini, openai/gpt-5-mini, false",
        "openai, openai/gpt-5, openai/gpt-5, false",
    })
    void no_spelling_and_no_address_is_a_way_around_a_budget(String glob, String id, String asked, boolean covers) {
        assertThat(ModelAccess.covers(List.of("nothing", glob), id, asked)).isEqualTo(covers);
        assertThat(ModelAccess.covers(List.of(), id, asked)).isTrue();
    }

    @Test
    void an_address_is_no_way_to_a_model_that_is_not_allowed() {
        Chain small = models(List.of(List.of("gpt-5-mini")));

        assertThat(ModelAccess.allows(small, "openai/gpt-5", "openai/gpt-5")).isFalse();
        assertThat(ModelAccess.allows(small, "openai/gpt-5-mini", "openai/gpt-5-mini"))
                .as("at an upstream that nobody allowed")
                .isFalse();
    }

    @Test
    void who_has_nothing_laid_down_costs_nothing() {
        assertThat(new Bench().admit(Chain.FREE, Bench.call())).isSameAs(Permit.FREE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gpt-5", "lab//gpt-5", "lab/gpt-5/", "/", "//"})
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void names_with_slashes_at_odd_places_are_looked_at_once(String name) {
        assertThat(ModelAccess.covers(List.of("claude-*"), name, name)).isFalse();
        assertThat(ModelAccess.covers(List.of("gpt-5"), name, name)).isEqualTo(name.endsWith("/gpt-5"));
    }
}
