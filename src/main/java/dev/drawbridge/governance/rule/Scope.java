package dev.drawbridge.governance.rule;

/**
 * One entry of the organisation.
 *
 * @param id empty at the level of {@link Level#ALL}
 */
public record Scope(Level level, String id) {
    public static final Scope ALL = new Scope(Level.ALL, "");

    /** @throws IllegalArgumentException when there is an id too much, or none */
    public Scope {
        if (level == Level.ALL != id.isEmpty()) {
            throw new IllegalArgumentException("needs a level and an id, or the level all and none");
        }
    }

    /** Such as {@code team/research}, or {@code all}. */
    @Override
    public String toString() {
        return this.equals(ALL) ? level.word() : level.word() + "/" + id;
    }
}
