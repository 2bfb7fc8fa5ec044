package dev.drawbridge.admin.organisation;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Project;
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

/** Projects, of teams or of the whole organisation. */
@Path("projects")
@Tag(name = "Organisation")
@Schema(name = "project", implementation = Project.class)
public class ProjectsResource extends EntriesResource<Project> {
    @Inject
    public ProjectsResource(AdminDoor door, Creations creations, Registry registry) {
        super(door, creations, new Entries<>(registry, new ProjectRules(new Owners(registry))));
    }

    private record ProjectRules(Owners owners) implements Rules<Project> {
        @Override
        public Kind<Project> kind() {
            return Kinds.PROJECT;
        }

        @Override
        public Optional<Level> level() {
            return Optional.of(Level.PROJECT);
        }

        @Override
        public Project blank() {
            return new Project("", "");
        }

        @Override
        public String id(Project project) {
            return Ids.of(project.name());
        }

        @Override
        public Collection<String> owners(String id, Project project) {
            return Owners.of(project);
        }

        @Override
        public boolean asked(Project project, Call call) {
            return call.asks("team", project.team());
        }

        @Override
        public void permit(Reach reach, Optional<Project> before, Project after) {
            // Within the own teams all is for their leads to say.
        }

        @Override
        public void check(Optional<Project> before, Project project) {
            Checks.name("name", project.name());
            Checks.text("cost-centre", project.costCentre());
            Checks.text("purpose", project.purpose());
            Checks.text("owner", project.owner());
            Checks.ruled(project);
            if (!project.team().isEmpty()) {
                owners.need(Kinds.TEAM, project.team(), "team");
            }
        }

        @Override
        public void release(String id) {
            Owners.release(
                    "project",
                    List.of(owners.held(Kinds.KEY, key -> key.project().equals(id))));
        }
    }
}
