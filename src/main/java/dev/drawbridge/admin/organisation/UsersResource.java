package dev.drawbridge.admin.organisation;

import dev.drawbridge.admin.v1.AdminDoor;
import dev.drawbridge.admin.v1.Call;
import dev.drawbridge.admin.v1.Creations;
import dev.drawbridge.admin.v1.Reach;
import dev.drawbridge.governance.directory.Ids;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.User;
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

/** Users: entered by hand, or by the gateway when they come with a token for the first time. */
@Path("users")
@Tag(name = "Organisation")
@Schema(name = "user", implementation = User.class)
public class UsersResource extends EntriesResource<User> {
    @Inject
    public UsersResource(AdminDoor door, Creations creations, Registry registry) {
        super(door, creations, new Entries<>(registry, new UserRules(new Owners(registry))));
    }

    private record UserRules(Owners owners) implements Rules<User> {
        @Override
        public Kind<User> kind() {
            return Kinds.USER;
        }

        @Override
        public Optional<Level> level() {
            return Optional.of(Level.USER);
        }

        @Override
        public User blank() {
            return new User("", "", List.of());
        }

        @Override
        public String id(User user) {
            return user.subject().isEmpty() ? Ids.of(user.name()) : Ids.user(user.subject());
        }

        @Override
        public void check(String id, User user) {
            boolean ofToken = !user.subject().isEmpty() || Ids.isUser(id);
            // Else somebody could be entered, or blocked, before he comes for the first time.
            if (ofToken && !id.equals(Ids.user(user.subject()))) {
                throw Checks.wrong("id", "The id of a user who comes with a token follows from the subject");
            }
        }

        @Override
        public Collection<String> owners(String id, User user) {
            return Owners.of(user);
        }

        @Override
        public boolean asked(User user, Call call) {
            return call.query("team").map(Owners.of(user)::contains).orElse(true);
        }

        @Override
        public void permit(Reach reach, Optional<User> before, User after) {
            // Whoever says which tokens are whose could count their calls for another team.
            boolean same = before.map(User::subject).orElse("").equals(after.subject());
            Reach.need(reach.all() || same, "Only administrators say which token a user comes with");
        }

        @Override
        public void check(Optional<User> before, User user) {
            Checks.name("name", user.name());
            Checks.text("email", user.email());
            Checks.ruled(user);
            if (!before.map(User::subject).orElse(user.subject()).equals(user.subject())) {
                throw Checks.wrong("subject", "The subject of a user stays, as the id follows from it");
            }
            Collection<String> known = before.map(Owners::of).orElse(List.of());
            Owners.of(user).stream()
                    .filter(team -> !known.contains(team))
                    .forEach(team -> owners.need(Kinds.TEAM, team, "teams"));
        }

        @Override
        public void release(String id) {
            Owners.release(
                    "user", List.of(owners.held(Kinds.KEY, key -> key.user().equals(id))));
        }
    }
}
