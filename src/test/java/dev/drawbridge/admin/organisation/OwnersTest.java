package dev.drawbridge.admin.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Project;
import dev.drawbridge.governance.organisation.User;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Actor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersTest {
    private static final Actor ANNA = new Actor("anna", "10.0.0.1");

    @TempDir
    Path folder;

    private Node node;
    private Owners owners;

    @BeforeEach
    void start() {
        node = new Node(Engine.H2.settings(folder), folder);
        owners = new Owners(node.registry);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** What belongs to a team. */
    private List<Optional<String>> held(String team) {
        return List.of(
                owners.held(Kinds.PROJECT, project -> project.team().equals(team)),
                owners.held(Kinds.USER, user -> Owners.of(user).contains(team)),
                owners.held(Kinds.KEY, key -> key.team().equals(team)));
    }

    @Test
    void what_belongs_to_another_is_counted_and_the_first_are_named() {
        node.registry.create(Kinds.PROJECT, "chat", new Project("chat", "a"), ANNA);
        for (int i = 1; i <= 6; i++) {
            node.registry.create(Kinds.USER, "u" + i, new User("somebody", "", List.of("b", "a")), ANNA);
        }

        assertThatThrownBy(() -> Owners.release("team", held("a")))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT))
                .hasMessage("The team still has 1 project (chat), 6 users (u1, u2, u3, u4, u5, …); "
                        + "delete or change them first");
    }

    @Test
    void what_nobody_belongs_to_is_released() {
        node.registry.create(Kinds.PROJECT, "chat", new Project("chat", "a"), ANNA);

        Owners.release("team", held("b"));
    }
}
