package dev.drawbridge.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.inference.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    private static Page.Part<String> page(int limit, Optional<String> after) {
        return new Page(limit, after).of(ALL.stream(), Function.identity());
    }

    @Test
    void pages_follow_each_other_until_there_is_none() {
        List<List<String>> pages = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page.Part<String> part = page(2, after);
            pages.add(part.data());
            after = part.next();
        } while (after.isPresent());

        assertThat(pages).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
    }

    @Test
    void a_page_that_is_just_full_is_the_last() {
        assertThat(page(5, Optional.empty()).next()).isEmpty();
        assertThat(page(4, Optional.empty()).next()).contains("d");
    }

    @Test
    void a_page_goes_on_behind_an_entry_that_is_gone() {
        assertThat(page(2, Optional.of("bb")).data()).containsExactly("c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "many", "99999999999"})
    void a_limit_that_is_none_is_refused(String limit) {
        assertThatThrownBy(() -> Page.of(Optional.of(limit), Optional.empty()))
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.param()).contains("limit"));
    }

    @Test
    void a_hundred_is_usual() {
        assertThat(Page.of(Optional.empty(), Optional.empty()).limit()).isEqualTo(100);
    }
}
