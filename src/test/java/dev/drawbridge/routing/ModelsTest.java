package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.LiveFile;
import dev.drawbridge.fakes.ScriptedProvider;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.Providers;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final String CONFIG = """
            upstreams: [{name: named, kind: demo}, {name: open, kind: demo}]
            models: [{id: m, targets: [{upstream: named}]}]
            """;

    private final LiveFile file = new LiveFile(CONFIG);
    private final ScriptedProvider provider = new ScriptedProvider();
    private final Discovery discovery = new Discovery(new Providers(List.<ModelProvider>of(provider)));
    private final Models models = new Models(file.config(), discovery);

    @AfterEach
    void close() {
        models.close();
        discovery.close();
        file.close();
    }

    @Test
    void before_anybody_was_asked_there_are_the_models_of_the_file() {
        assertThat(ids()).contains("m");
        assertThat(models.current().upstreams()).hasSize(2);
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void open_upstreams_are_asked_at_the_start_and_others_never() {
        provider.lists("open", () -> List.of(new DiscoveredModel("listed"), new DiscoveredModel("m")))
                .lists("named", () -> List.of(new DiscoveredModel("hidden")));
        models.start();

        assertThat(ids()).containsExactly("m", "listed");
        assertThat(provider.asked()).containsExactly("open");
        assertThat(models.current().find("m").choices().getFirst().target()).hasToString("named/m");
        assertThat(models.current().find("listed").choices().getFirst().target())
                .hasToString("open/listed");
    }

    @Test
    void the_table_stays_the_same_while_nothing_changes() {
        models.start();

        assertThat(models.current()).isSameAs(models.current());
    }

    @Test
    void a_changed_file_is_in_force_at_once_and_what_was_learnt_stays_although_upstreams_fail() throws Exception {
        provider.lists("open", () -> List.of(new DiscoveredModel("listed")));
        models.start();
        ModelTable before = models.current();
        provider.lists("open", () -> {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, "down");
        });

        file.change(CONFIG + "  \nretries: {attempts: 2}\n");
        assertThat(ids()).containsExactly("m", "listed");
        assertThat(models.current()).isNotSameAs(before);

        file.change(CONFIG.replace("id: m", "id: renamed"));
        assertThat(ids()).containsExactly("renamed", "listed");
        assertThatThrownBy(() -> models.current().find("m")).isInstanceOf(GatewayException.class);
        assertThat(before.find("m").id()).isEqualTo("m");
    }

    @Test
    void a_change_makes_the_upstreams_be_asked_again() throws Exception {
        provider.lists("open", () -> List.of(new DiscoveredModel("old")));
        models.start();

        provider.lists("open", () -> List.of(new DiscoveredModel("new")))
                .lists("third", () -> List.of(new DiscoveredModel("other")));
        file.change(CONFIG.replace("{name: open, kind: demo}", "{name: open, kind: demo}, {name: third, kind: demo}"));

        assertThat(soon(() -> provider.asked().contains("third"))).isTrue();
        assertThat(soon(() -> ids().equals(List.of("m", "new", "other"))))
                .as("%s", ids())
                .isTrue();
    }

    private List<String> ids() {
        return models.current().routes().stream().map(Route::id).toList();
    }

    private static boolean soon(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 150 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        return condition.getAsBoolean();
    }
}
