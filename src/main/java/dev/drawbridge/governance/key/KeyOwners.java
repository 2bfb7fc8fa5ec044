package dev.drawbridge.governance.key;

import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Project;
import dev.drawbridge.governance.organisation.Team;
import dev.drawbridge.registry.Edit;
import dev.drawbridge.registry.Entry;
import java.util.Optional;

/** Whom a key is for: they are there, or come to be with the key. */
final class KeyOwners {
    private KeyOwners() {}

    /** The key with ids for the names of its team and project. */
    static ApiKey settled(Edit edit, ApiKey key) {
        if (!key.user().isEmpty() && edit.find(Kinds.USER, key.user()).isEmpty()) {
            throw KeyChecks.wrong("user", "is nobody known: " + key.user());
        }
        String team = team(edit, key.team());
        return key.of(team, project(edit, key.project(), team));
    }

    private static String team(Edit edit, String name) {
        if (name.isEmpty()) {
            return name;
        }
        String id = Ids.of(name);
        if (edit.find(Kinds.TEAM, id).isEmpty()) {
            edit.create(Kinds.TEAM, id, new Team(name));
        }
        return id;
    }

    private static String project(Edit edit, String name, String team) {
        if (name.isEmpty()) {
            return name;
        }
        String id = Ids.of(name);
        Optional<Entry<Project>> known = edit.find(Kinds.PROJECT, id);
        if (known.isEmpty()) {
            edit.create(Kinds.PROJECT, id, new Project(name, team));
        } else if (!team.isEmpty() && !isOf(known.get().value(), team)) {
            throw KeyChecks.wrong("project", "is another team's: " + id);
        }
        return id;
    }

    private static boolean isOf(Project project, String team) {
        return project.team().isEmpty() || project.team().equals(team);
    }
}
