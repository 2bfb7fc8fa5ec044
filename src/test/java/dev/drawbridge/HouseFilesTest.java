package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How large things are, and what must not be in any file. */
class HouseFilesTest {
    private static final List<Path> SOURCES = files(Path.of("src/main/java"));
    private static final Pattern TYPE = Pattern.compile(".*\\b(class|record|interface|enum) .*");

    @Test
    void files_are_small() {
        List<Integer> sizes =
                SOURCES.stream().map(file -> lines(file).size()).sorted().toList();
        int median = sizes.get(sizes.size() / 2);
        int most = sizes.get(sizes.size() * 9 / 10);
        System.getLogger("house")
                .log(
                        System.Logger.Level.INFO,
                        "{0} files, half of them up to {1} lines, nine tenths up to {2}, the longest {3}",
                        sizes.size(),
                        median,
                        most,
                        sizes.getLast());

        assertThat(median).isLessThanOrEqualTo(70);
        assertThat(most).isLessThanOrEqualTo(200);
        assertThat(SOURCES).allSatisfy(file -> assertThat(lines(file)).hasSizeLessThanOrEqualTo(300));
        assertThat(files(Path.of("src/test/java")))
                .allSatisfy(file -> assertThat(lines(file)).hasSizeLessThanOrEqualTo(300));
    }

    @Test
    void packages_are_small() {
        Map<Path, Long> sizes = SOURCES.stream().collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

        assertThat(sizes).allSatisfy((folder, size) -> assertThat(size).isLessThanOrEqualTo(15));
    }

    @Test
    void methods_are_small() {
        assertThat(SOURCES)
                .allSatisfy(file -> assertThat(longBlocks(lines(file), 30)).isEmpty());
    }

    @Test
    void every_library_that_is_shipped_says_why() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        // The first list of this depth: the one of dependencyManagement stands deeper.
        String own = pom.substring(pom.indexOf("\n  <dependencies>"), pom.indexOf("\n  </dependencies>"));
        List<String> unexplained = Pattern.compile("(-->)?\\s*<dependency>(.*?)</dependency>", Pattern.DOTALL)
                .matcher(own)
                .results()
                .filter(dependency -> dependency.group(1) == null)
                .map(MatchResult::group)
                .filter(dependency -> !dependency.contains("<scope>test") && !dependency.contains("<scope>provided"))
                .toList();

        assertThat(own).contains("httpclient5");
        assertThat(unexplained).isEmpty();
    }

    @Test
    void no_file_names_a_place_outside_of_the_project() {
        // In two pieces, or this file would be the first one found.
        Pattern outside = Pattern.compile("(?<![\\w.])/wor" + "k/|\\.\\./shar" + "ed|/ho" + "me/\\w|/ro" + "ot/");
        List<Path> all = new ArrayList<>(files(Path.of("src")));
        Stream.of("docs", "server-config", "deploy", "bench", "examples", ".ci")
                .map(Path::of)
                .filter(Files::isDirectory)
                .forEach(folder -> all.addAll(files(folder)));
        Stream.of("pom.xml", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "Dockerfile")
                .map(Path::of)
                .filter(Files::exists)
                .forEach(all::add);

        assertThat(all)
                .hasSizeGreaterThan(SOURCES.size())
                .allSatisfy(file -> assertThat(text(file)).doesNotContainPattern(outside));
    }

    /** The blocks, other than types, of more lines than this: the code's format puts their ends under their beginnings. */
    private static List<String> longBlocks(List<String> lines, int most) {
        List<String> found = new ArrayList<>();
        for (int end = 0; end < lines.size(); end++) {
            if (lines.get(end).matches(" +}")) {
                int indent = lines.get(end).length() - 1;
                int start = end - 1;
                while (indent(lines.get(start)) != indent) {
                    start--;
                }
                if (end - start + 1 > most && !TYPE.matcher(lines.get(start)).matches()) {
                    found.add(lines.get(start).strip() + " … " + (end - start + 1) + " lines");
                }
            }
        }
        return found;
    }

    private static int indent(String line) {
        return line.isBlank() ? -1 : line.length() - line.stripLeading().length();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    /** Byte by byte, so that images are texts, too. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
