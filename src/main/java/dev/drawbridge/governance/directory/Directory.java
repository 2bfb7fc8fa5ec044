package dev.drawbridge.governance.directory;

import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.governance.organisation.Kinds;
import dev.drawbridge.governance.organisation.Ruled;
import dev.drawbridge.governance.organisation.User;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.governance.rule.Level;
import dev.drawbridge.governance.rule.Scope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.registry.Entry;
import dev.drawbridge.registry.Kind;
import dev.drawbridge.registry.Registry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What the organisation lays down, from memory. Thread-safe. */
@Singleton
public class Directory {
    /** More accounts than anybody has: it starts anew then, rather than to fill the memory. */
    private static final int MOST_CHAINS = 500_000;

    private final Registry registry;
    private final Newcomers newcomers;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong lawChanges = new AtomicLong();
    private volatile View view = new View(-1, Laws.NONE, new ConcurrentHashMap<>());

    /** What was reckoned between two changes. What is reckoned from an older state lands in an older view. */
    private record View(long changes, Laws laws, Map<Account, Known> known) {}

    private record Known(Chain chain, Optional<Scope> blocked) {}

    @Inject
    public Directory(Registry registry) {
        this.registry = registry;
        this.newcomers = new Newcomers(registry);
        Stream.of(Kinds.TEAM, Kinds.PROJECT, Kinds.USER, Kinds.KEY)
                .forEach(kind -> registry.listen(kind, change -> changes.incrementAndGet()));
        Stream.of(Kinds.BUDGET, Kinds.LIMIT)
                .forEach(kind -> registry.listen(kind, change -> {
                    lawChanges.incrementAndGet();
                    changes.incrementAndGet();
                }));
    }

    /** All that is laid down for calls of the account; remembered until something of it changes. */
    public Chain chain(Account account) {
        return known(account).chain();
    }

    /**
     * Refuses accounts with somebody who is blocked. A key is asked about whatever it is for; who comes with a token
     * only when models are asked, so that nobody locks administrators out with their team.
     *
     * @throws GatewayException {@code FORBIDDEN}
     */
    public void check(Account account) {
        blocked(account).ifPresent(scope -> {
            throw new GatewayException(
                    ErrorKind.FORBIDDEN, "The " + scope.level().word() + " is blocked");
        });
    }

    /** Whether somebody in the account is blocked, and who. */
    Optional<Scope> blocked(Account account) {
        return known(account).blocked();
    }

    /** Another number after each change of the organisation. */
    public long version() {
        return changes.get();
    }

    private Known known(Account account) {
        View now = current();
        Known known = now.known().get(account);
        if (known != null) {
            return known;
        }
        List<Scope> scopes = scopes(account);
        Optional<Scope> blocked = scopes.stream()
                .filter(scope -> ruled(scope).filter(Ruled::blocked).isPresent())
                .findFirst();
        Known fresh = new Known(now.laws().chain(scopes, this::ruled), blocked);
        if (now.known().size() >= MOST_CHAINS) {
            now.known().clear();
        }
        now.known().put(account, fresh);
        return fresh;
    }

    private View current() {
        View known = view;
        long now = changes.get();
        if (known.changes() == now) {
            return known;
        }
        long lawsNow = lawChanges.get();
        Laws laws = known.laws().version() == lawsNow
                ? known.laws()
                : Laws.of(lawsNow, registry.all(Kinds.BUDGET), registry.all(Kinds.LIMIT));
        View fresh = new View(now, laws, new ConcurrentHashMap<>());
        view = fresh;
        return fresh;
    }

    /** Whom a call of the account is counted for, broadest first. */
    public static List<Scope> scopes(Account account) {
        Stream.Builder<Scope> scopes = Stream.<Scope>builder().add(Scope.ALL);
        add(scopes, Level.TEAM, account.team());
        add(scopes, Level.PROJECT, account.project());
        add(scopes, Level.USER, account.user());
        add(scopes, Level.KEY, account.key());
        return scopes.build().toList();
    }

    private static void add(Stream.Builder<Scope> scopes, Level level, String id) {
        if (!id.isEmpty()) {
            scopes.add(new Scope(level, id));
        }
    }

    /** The entry at a level, if there is one. */
    public Optional<Ruled> ruled(Scope scope) {
        return switch (scope.level()) {
            case ALL -> Optional.empty();
            case TEAM -> value(Kinds.TEAM, scope.id());
            case PROJECT -> value(Kinds.PROJECT, scope.id());
            case USER -> value(Kinds.USER, scope.id());
            case KEY -> value(Kinds.KEY, scope.id());
        };
    }

    private <T extends Ruled> Optional<Ruled> value(Kind<T> kind, String id) {
        return registry.find(kind, id).map(Entry::value);
    }

    /** Whom calls with the key are for: its team, or else that of its project, or else that of its user. */
    public Account account(Entry<ApiKey> key) {
        ApiKey value = key.value();
        String team = Stream.of(Optional.of(value.team()), teamOfProject(value.project()), teamOfUser(value.user()))
                .flatMap(Optional::stream)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
        return new Account(key.id(), value.user(), value.project(), team);
    }

    private Optional<String> teamOfProject(String project) {
        return registry.find(Kinds.PROJECT, project).map(entry -> entry.value().team());
    }

    private Optional<String> teamOfUser(String user) {
        return registry.find(Kinds.USER, user).map(entry -> entry.value().homeTeam());
    }

    /**
     * The caller with an account. Who comes with a token for the first time is entered in the background as a user, and
     * so is the team; whoever has another name or other teams than last time is changed.
     */
    public Caller known(Caller caller) {
        if (caller.kind() != Caller.Kind.TOKEN) {
            return caller;
        }
        String id = Ids.user(caller.id());
        List<String> teams = caller.teams().stream().map(Ids::of).sorted().toList();
        Optional<User> user = registry.find(Kinds.USER, id).map(Entry::value);
        if (user.filter(entered -> entered.isAsSeen(caller.name(), teams)).isEmpty()) {
            newcomers.seen(id, caller);
        }
        String usual = teams.isEmpty() ? "" : teams.getFirst();
        String team = user.map(User::homeTeam).filter(home -> !home.isEmpty()).orElse(usual);
        return caller.with(new Account("", id, "", team));
    }
}
