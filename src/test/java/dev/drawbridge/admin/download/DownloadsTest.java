package dev.drawbridge.admin.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.fakes.Configs;
import dev.drawbridge.fakes.FakeStore;
import dev.drawbridge.provider.store.ModelStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
    private final FakeStore store = new FakeStore();

    @TempDir
    private Path folder;

    @Test
    void names_go_to_the_upstream_as_they_are() {
        Downloads downloads = downloads();
        downloads.begin("hf.co/user/repo:Q4_K_M", Optional.empty());
        downloads.begin("home/smollm2", Optional.empty());
        downloads.begin("phi", Optional.of("home"));

        assertThat(store.asked()).containsExactly("home hf.co/user/repo:Q4_K_M", "home smollm2", "home phi");
    }

    @Test
    void a_name_that_looks_like_an_option_or_like_several_is_refused() {
        Downloads downloads = downloads();
        for (String name : List.of("", "-rf", "--insecure", "a b", "a\nb", "a\u0000", "x".repeat(600))) {
            assertThatExceptionOfType(Refusal.class)
                    .as(name)
                    .isThrownBy(() -> downloads.begin(name, Optional.empty()))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(400));
        }
        assertThat(store.asked()).isEmpty();
    }

    private Downloads downloads() {
        LiveConfig config =
                Configs.live(folder, "upstreams: [{ name: home, kind: ollama, base-url: \"http://127.0.0.1:1\" }]");
        config.close();
        return new Downloads(config, Configs.models(config), new ModelStores(List.of(store)));
    }
}
