package dev.drawbridge.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/routing.md}, which people copy. */
class RoutingPageTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void every_example_can_be_used_with_the_upstreams_of_the_first() throws IOException {
        List<String> examples = YAML.matcher(Files.readString(Path.of("docs/routing.md")))
                .results()
                .map(example -> example.group(1))
                .toList();
        String upstreams = examples.getFirst().substring(0, examples.getFirst().indexOf("models:"));

        assertThat(examples).hasSizeGreaterThan(6).allSatisfy(example -> {
            Fleet fleet = new Fleet(example.startsWith("upstreams:") ? example : upstreams + example);
            assertThat(fleet.targets("assistant")).isNotEmpty();
        });
    }
}
