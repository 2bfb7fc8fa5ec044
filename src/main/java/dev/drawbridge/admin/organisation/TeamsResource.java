package dev.drawbridge.admin.organisation;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Team;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Teams. Their leads see them, and cannot change what binds themselves. */
@Path("teams")
@Tag(name = "Organisation")
@Schema(name = "team", implementation = Team.class)
public class TeamsResource extends EntriesResource<Team> {
    @Inject
    public TeamsResource(AdminDoor door, Creations creations, Registry registry) {
        super(door, creations, new Entries<>(registry, new TeamRules(new Owners(registry))));
    }

    private record TeamRules(Owners owners) implements Rules<Team> {
        @Override
        public Kind<Team> kind() {
            return Kinds.TEAM;
        }

        @Override
        public Team blank() {
            return new Team("");
        }

        @Override
        public Optional<Level> level() {
            return Optional.of(Level.TEAM);
        }

        @Override
        public String id(Team team) {
            return Ids.of(team.name());
        }

        @Override
        public Collection<String> owners(String id, Team team) {
            return List.of(id);
        }

        @Override
        public void permit(Reach reach, Optional<Team> before, Team after) {
            Reach.need(reach.all(), "Teams are for administrators to make, change and delete");
        }

        @Override
        public void check(Optional<Team> before, Team team) {
            Checks.name("name", team.name());
            Checks.ruled(team);
        }

        @Override
        public void release(String id) {
            Owners.release(
                    "team",
                    List.of(
                            owners.held(Kinds.PROJECT, project -> project.team().equals(id)),
                            owners.held(Kinds.USER, user -> Owners.of(user).contains(id)),
                            owners.held(Kinds.KEY, key -> key.team().equals(id))));
        }
    }
}
