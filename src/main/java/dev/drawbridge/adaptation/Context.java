package dev.drawbridge.adaptation;

import dev.drawbridge.inference.ModelFacts;
import java.util.ArrayList;
import java.util.List;

/** What a rule knows of the target, and where it says what it did. One for each attempt. */
public final class Context {
    private final ModelFacts facts;
    private final List<String> report = new ArrayList<>();

    public Context(ModelFacts facts) {
        this.facts = facts;
    }

    public ModelFacts facts() {
        return facts;
    }

    /** Notes a change for the header {@code x-drawbridge-adapted}: {@code max_tokens=500(default)}. */
    void note(String field, Object value, String why) {
        report.add(field + "=" + value + "(" + why + ")");
    }

    /** Notes a field that the target did not get. */
    void dropped(String field) {
        report.add("dropped=" + field);
    }

    /** What was changed, in order; empty when nothing was. */
    public List<String> report() {
        return List.copyOf(report);
    }
}
