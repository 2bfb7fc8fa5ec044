package dev.drawbridge.governance.organisation;

import dev.drawbridge.registry.Kind;
import java.util.Set;

/** What the registry keeps of the organisation. */
public final class Kinds {
    public static final Kind<Team> TEAM = new Kind<>("team", Team.class);
    public static final Kind<Project> PROJECT = new Kind<>("project", Project.class);
    public static final Kind<User> USER = new Kind<>("user", User.class);
    public static final Kind<ApiKey> KEY = new Kind<>("key", ApiKey.class, Set.of("secret", "former"));
    public static final Kind<Budget> BUDGET = new Kind<>("budget", Budget.class);
    public static final Kind<Limit> LIMIT = new Kind<>("limit", Limit.class);

    private Kinds() {}
}
