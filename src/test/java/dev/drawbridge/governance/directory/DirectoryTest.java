package dev.drawbridge.governance.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fakes.Engine;
import dev.drawbridge.fakes.Node;
import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.organisation.Budget;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Limit;
import dev.drawbridge.governance.organisation.Project;
import dev.drawbridge.governance.organisation.Team;
import dev.drawbridge.governance.organisation.User;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Chain.ScopedBudget;
import dev.drawbridge.governance.rule.Chain.ScopedLimit;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Period;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Actor;
import dev.drawbridge.registry.Entry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    private static final Actor ANNA = new Actor("anna", "10.0.0.1");
    private static final BudgetTerms TERMS = new BudgetTerms(new BigDecimal(100), "EUR", Period.MONTH, 0);
    private static final Account ACCOUNT = new Account("k", "u", "p", "t");
    private static final Scope TEAM = new Scope(Level.TEAM, "t");

    @TempDir
    Path folder;

    private Node node;

    @BeforeEach
    void start() {
        node = new Node(Engine.H2.settings(folder), folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static Team team(List<String> models, Map<Dimension, Long> limits) {
        Defaults defaults = new Defaults("Be brief.", Map.of("temperature", 0.5, "seed", 1));
        return new Team(
                "T",
                false,
                models,
                limits,
                Optional.of(TERMS),
                Optional.of(defaults),
                Map.of("unit", "a", "site", "x"));
    }

    private static Project project() {
        return new Project(
                "P",
                "t",
                "4711",
                "",
                "",
                false,
                List.of("*-small"),
                Map.of(),
                Optional.empty(),
                Optional.of(new Defaults("", Map.of("seed", 2))),
                Map.of("unit", "b"));
    }

    @Test
    void where_nothing_is_laid_down_all_is_free() {
        assertThat(node.directory.chain(ACCOUNT)).isEqualTo(Chain.FREE);
        assertThat(node.directory.chain(Account.NONE)).isEqualTo(Chain.FREE);
    }

    @Test
    void every_level_adds_what_it_lays_down() {
        Map<Dimension, Long> limits = Map.of(Dimension.IN_FLIGHT, 5L);
        node.registry.create(Kinds.TEAM, "t", team(List.of("gpt-*"), limits), ANNA);
        node.registry.create(Kinds.PROJECT, "p", project(), ANNA);
        node.registry.create(Kinds.LIMIT, "l", new Limit("all", Scope.ALL, limits), ANNA);
        node.registry.create(
                Kinds.BUDGET,
                "b",
                new Budget("images", TEAM, BigDecimal.TEN, "EUR", Period.DAY, 50, List.of("dall-*")),
                ANNA);

        Chain chain = node.directory.chain(ACCOUNT);

        assertThat(chain.models()).containsExactly(List.of("gpt-*"), List.of("*-small"));
        assertThat(chain.limits())
                .containsExactly(
                        new ScopedLimit("limit/l@all", Scope.ALL, limits), new ScopedLimit("team/t", TEAM, limits));
        assertThat(chain.budgets())
                .containsExactly(
                        new ScopedBudget("team/t", TEAM, TERMS, List.of()),
                        new ScopedBudget(
                                "budget/b@team/t",
                                TEAM,
                                new BudgetTerms(BigDecimal.TEN, "EUR", Period.DAY, 50),
                                List.of("dall-*")));
        assertThat(chain.labels()).isEqualTo(Map.of("unit", "b", "site", "x"));
        assertThat(chain.defaults().system()).isEqualTo("Be brief.");
        assertThat(chain.defaults().parameters()).containsEntry("seed", 2).containsKey("temperature");
    }

    @Test
    void a_chain_is_remembered_until_something_changes() {
        Entry<Team> entry = node.registry.create(Kinds.TEAM, "t", team(List.of(), Map.of()), ANNA);
        Chain before = node.directory.chain(ACCOUNT);
        assertThat(node.directory.chain(ACCOUNT)).isSameAs(before);

        node.registry.replace(
                Kinds.TEAM, new Entry<>("t", 1, team(List.of("x"), Map.of()), entry.created(), entry.changed()), ANNA);
        assertThat(node.directory.chain(ACCOUNT).models()).containsExactly(List.of("x"));

        Entry<Limit> limit =
                node.registry.create(Kinds.LIMIT, "l", new Limit("", TEAM, Map.of(Dimension.IN_FLIGHT, 1L)), ANNA);
        assertThat(node.directory.chain(ACCOUNT).limits()).hasSize(1);
        node.registry.delete(Kinds.LIMIT, limit, ANNA);
        assertThat(node.directory.chain(ACCOUNT).limits()).isEmpty();
    }

    private static Caller token(String name, String... teams) {
        return new Caller(
                "https://id.example#42",
                name,
                Caller.Kind.TOKEN,
                Set.of(Role.USER),
                Set.of(teams),
                Optional.empty(),
                Account.NONE);
    }

    @Test
    void who_comes_with_a_token_is_entered_and_kept_up_to_date() {
        String id = Ids.user("https://id.example#42");

        Caller first = node.directory.known(token("anna", "research", "ops team"));

        assertThat(first.account().user()).isEqualTo(id);
        assertThat(first.account().team()).matches("ops-team-[0-9a-f]{12}");
        await(() -> node.registry.find(Kinds.USER, id).isPresent());
        assertThat(node.registry
                        .find(Kinds.TEAM, first.account().team())
                        .map(entry -> entry.value().name()))
                .contains("ops team");
        assertThat(node.registry.find(Kinds.TEAM, "research")).isEmpty();

        node.directory.known(token("Anna", "research"));
        await(() -> user(id).name().equals("Anna"));
        assertThat(user(id).teams()).containsExactly("research");
        assertThat(user(id).subject()).isEqualTo("https://id.example#42");
        node.directory.known(token("Anna", "research"));
        assertThat(node.registry.find(Kinds.USER, id).map(Entry::version)).contains(2L);
    }

    private User user(String id) {
        return node.registry.find(Kinds.USER, id).map(Entry::value).orElseThrow();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            Thread.onSpinWait();
        }
    }

    @Test
    void an_administrator_decides_which_team_somebody_counts_for() {
        String id = Ids.user("https://id.example#42");
        node.registry.create(
                Kinds.USER,
                id,
                new User(
                        "anna",
                        "https://id.example#42",
                        "",
                        "finance",
                        List.of("research"),
                        true,
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()),
                ANNA);

        Account account = node.directory.known(token("anna", "research")).account();

        assertThat(account.team()).isEqualTo("finance");
        assertThat(node.directory.blocked(account)).contains(new Scope(Level.USER, id));
        assertThat(node.directory.blocked(ACCOUNT)).isEmpty();
        node.directory.check(ACCOUNT);
        assertThatThrownBy(() -> node.directory.check(account))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ErrorKind.FORBIDDEN))
                .hasMessage("The user is blocked");
    }
}
