package dev.drawbridge.config.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names that somebody who mistyped one probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The nearest name, if it is near enough to be worth saying. */
    public static Optional<String> to(String name, Collection<String> known) {
        return to(name, known, 1).stream().findFirst();
    }

    /** At most {@code most} near names, the nearest first. */
    public static List<String> to(String name, Collection<String> known, int most) {
        record Near(String name, int distance) {}
        String wanted = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .map(candidate -> new Near(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance() <= Math.max(2, wanted.length() / 3))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(most)
                .map(Near::name)
                .toList();
    }

    /** Levenshtein's distance; a name that contains the other counts as near. */
    private static int distance(String a, String b) {
        boolean contained = Math.min(a.length(), b.length()) >= 3 && (a.contains(b) || b.contains(a));
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return contained ? Math.min(2, row[b.length()]) : row[b.length()];
    }
}
