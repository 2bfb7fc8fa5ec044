package dev.drawbridge.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line: the command, its words, and its options with their values.
 *
 * @param command the first word; empty if there is none
 * @param words those after it
 */
record Arguments(String command, List<String> words, Map<String, String> options) {

    /** @throws UsageException for an option that is unknown, or has no value */
    static Arguments of(List<String> line, List<String> known) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            if (!word.startsWith("--")) {
                words.add(word);
                continue;
            }
            String name = word.substring(2).replaceFirst("=.*", "");
            if (!known.contains(name)) {
                throw new UsageException("no option --" + name);
            }
            if (word.contains("=")) {
                options.put(name, word.substring(word.indexOf('=') + 1));
            } else if (i + 1 < line.size()) {
                i++;
                options.put(name, line.get(i));
            } else {
                throw new UsageException("--" + name + " needs a value");
            }
        }
        String command = words.isEmpty() ? "" : words.removeFirst();
        return new Arguments(command, List.copyOf(words), Map.copyOf(options));
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** The value of an option, or the first word. @throws UsageException when there is neither */
    String needed(String name) {
        return option(name)
                .or(() -> words.stream().findFirst())
                .orElseThrow(() -> new UsageException(command + " needs --" + name));
    }
}
