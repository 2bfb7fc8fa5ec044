package dev.drawbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of the house: who may use whom, and what nobody uses. */
class HouseTest {
    private static final String ROOT = "dev.drawbridge.";

    /** Each package with those that it uses, which stand above it: so there are no cycles. */
    private static final Map<String, Set<String>> PLAN = new LinkedHashMap<>();

    static {
        plan("inference", "");
        plan("inference.text", "inference");
        plan("wire", "inference inference.text");
        plan("transport", "inference");
        plan("adaptation", "inference inference.text");
        // Two rooms of one: what is read, and how. The only two that know each other.
        plan("config.money", "");
        plan("config.governance", "");
        plan("config.source", "");
        plan("config.file", "config config.money config.governance config.source");
        plan("config.overlay", "config.file");
        plan("config", "config.money config.governance config.source config.file config.overlay");
        plan("catalog", "inference config config.file");
        plan("provider", "inference wire transport adaptation config config.file catalog");
        plan("provider.store", "inference catalog provider");
        plan("routing.health", "inference config catalog provider");
        plan("routing.health.metrics", "routing.health");
        plan("routing.health.probe", "inference config catalog provider routing.health");
        plan("routing", "inference adaptation config config.file catalog provider routing.health");
        plan("webhook", "");
        plan("governance", "inference config");
        plan("store", "");
        plan("cluster", "store");
        plan("registry.json", "inference config.file");
        plan("registry", "inference store cluster registry.json");
        plan("credential", "inference config registry");
        plan("governance.rule", "");
        plan("governance.organisation", "governance governance.rule registry");
        plan("governance.directory", "inference governance governance.organisation registry governance.rule");
        plan("governance.limit", "governance.organisation governance.rule");
        plan("governance.budget", "governance.organisation governance.rule");
        plan(
                "governance.permit",
                "inference config config.governance config.file governance.organisation "
                        + "governance.limit governance.budget governance.rule store cluster");
        plan("governance.gate", "inference config config.governance governance webhook");
        plan("governance.issuer", "transport config config.file");
        plan("governance.token", "inference config governance governance.issuer");
        plan(
                "governance.key",
                "inference config governance governance.organisation governance.directory registry "
                        + "store governance.rule");
        plan("usage", "inference");
        plan(
                "usage.hook",
                "inference config config.governance governance.budget governance.organisation "
                        + "usage webhook governance.rule");
        plan("usage.price", "inference config config.money catalog registry usage");
        plan("usage.journal", "inference wire config.money usage");
        plan("usage.ledger", "inference wire config config.money store usage usage.journal");
        plan(
                "gateway.account",
                "inference config config.money store cluster governance governance.organisation "
                        + "governance.directory governance.budget governance.gate governance.permit provider "
                        + "routing usage usage.hook usage.ledger usage.price governance.rule inference.text");
        plan(
                "gateway",
                "inference adaptation config catalog provider routing routing.health governance "
                        + "usage gateway.account inference.text");
        plan("gateway.stop", "config cluster governance usage usage.ledger");
        plan("runtime", "config catalog governance provider registry routing store usage.ledger");
        plan("usage.ledger.metrics", "usage.ledger");
        plan("usage.hook.metrics", "usage.hook");
        plan("usage.account", "inference store usage usage.price usage.ledger");
        plan("rest.presence", "inference wire config");
        plan("rest.access", "inference config governance governance.directory");
        plan("rest.audit", "governance registry rest.access");
        plan("rest", "inference wire config governance rest.access rest.presence");
        plan("rest.signin", "inference wire config governance.issuer rest");
        // Clients' protocols know the gateway, upstreams' the providers, and none another.
        plan(
                "protocol.openai",
                "inference wire config config.file provider routing gateway gateway.account governance rest rest.access rest.presence");
        plan("protocol.openai.upstream", "inference wire transport catalog provider");
        plan("protocol.ollama.wire", "inference wire governance rest");
        plan("protocol.ollama.control", "inference wire config provider provider.store routing rest");
        plan(
                "protocol.ollama.upstream",
                "inference wire transport adaptation provider protocol.ollama.control " + "inference.text");
        plan(
                "protocol.ollama.admin",
                "inference wire config governance registry provider provider.store routing rest rest.presence rest.audit"
                        + " protocol.ollama.control protocol.ollama.wire");
        plan("protocol.ollama.answer", "inference wire");
        plan(
                "protocol.ollama.question",
                "inference wire catalog provider routing protocol.ollama.answer inference.text");
        plan(
                "protocol.ollama",
                "inference wire config provider routing gateway gateway.account governance rest rest.access"
                        + " protocol.ollama.question protocol.ollama.answer protocol.ollama.wire protocol.ollama.admin");
        plan("protocol.demo", "inference provider");
        plan("admin.text", "");
        plan(
                "admin.v1",
                "inference wire governance governance.directory rest rest.access rest.audit store registry registry.json");
        plan(
                "admin.upstream",
                "inference config.file transport catalog provider routing routing.health governance registry registry.json admin.v1");
        plan(
                "admin.model",
                "inference wire config config.file config.overlay catalog provider provider.store routing"
                        + " admin.text admin.upstream");
        plan("admin.download", "inference wire config provider provider.store routing admin.text");
        plan(
                "admin.organisation",
                "inference wire config config.file governance governance.organisation governance.directory "
                        + "governance.key registry registry.json admin.v1 governance.rule");
        plan("admin.credential", "inference config config.file governance credential registry registry.json admin.v1");
        plan("admin.audit", "inference wire governance registry admin.v1");
        plan("admin.backup", "inference governance registry store admin.v1");
        plan("admin.me", "inference governance governance.directory governance.rule registry.json admin.v1");
        plan("admin.document", "governance");
        plan(
                "admin.price",
                "inference governance governance.permit registry registry.json usage.account usage.price admin.v1");
        plan(
                "admin.usage",
                "inference wire governance governance.organisation registry usage usage.account usage.ledger admin.v1");
        plan(
                "admin",
                "inference wire config config.file config.overlay catalog governance registry provider rest rest.access rest.audit"
                        + " admin.text admin.v1 admin.upstream admin.model admin.download admin.organisation"
                        + " admin.audit admin.backup admin.credential admin.me admin.document admin.price admin.usage");
        plan("cli", "inference wire");
    }

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.drawbridge");

    private static void plan(String name, String uses) {
        PLAN.put(name, uses.isEmpty() ? Set.of() : Set.of(uses.split(" ", -1)));
    }

    @Test
    void packages_use_what_the_plan_allows() {
        Map<String, Set<String>> real = new TreeMap<>();
        for (JavaClass one : CLASSES) {
            Set<String> used = real.computeIfAbsent(room(one), name -> new TreeSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(HouseTest::room)
                    .filter(room -> !room.equals(room(one)))
                    .forEach(used::add);
        }

        assertThat(real.keySet()).isEqualTo(PLAN.keySet());
        assertThat(real).allSatisfy((room, used) -> assertThat(PLAN.get(room)).containsAll(used));
    }

    @Test
    void the_plan_has_no_cycles() {
        List<String> above = new ArrayList<>();
        PLAN.forEach((room, uses) -> {
            above.add(room);
            assertThat(above).as(room).containsAll(room.equals("config.file") ? Set.of() : uses);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.hc.., transport",
        "com.knuddels.., inference.text",
        "io.github.resilience4j.., routing.health",
        "org.eclipse.microprofile.metrics.., routing.health.metrics usage.ledger.metrics usage.hook.metrics",
        "org.jose4j.., governance.token",
        "com.github.benmanes.., governance governance.token",
        "com.networknt.., config.file",
        "com.zaxxer.., store",
        "org.h2.., store",
        "org.postgresql.., store",
        "org.flywaydb.., store",
        "org.jdbi.., store cluster registry usage.ledger usage.account gateway.account",
        "org.yaml.., config.file",
        "jakarta.servlet.., rest rest.access rest.audit rest.signin rest.presence protocol.openai protocol.ollama protocol.ollama.wire protocol.ollama.admin admin admin.v1 admin.organisation admin.audit admin.backup admin.credential admin.me admin.upstream admin.price admin.usage",
        "jakarta.ws.rs.., rest rest.access rest.signin protocol.openai protocol.openai.upstream protocol.ollama protocol.ollama.wire protocol.ollama.upstream protocol.ollama.control protocol.ollama.admin provider governance.issuer webhook routing.health.probe"
                + " admin admin.download admin.upstream admin.v1 admin.organisation admin.audit admin.backup admin.credential admin.me admin.document admin.price admin.usage",
        "org.eclipse.microprofile.openapi.., admin admin.price admin.usage admin.organisation admin.audit admin.backup admin.credential admin.me admin.upstream admin.document",
        "com.fasterxml.jackson.., inference inference.text wire config.money config.governance governance.budget governance.gate usage.hook config.file config.overlay config credential registry.json catalog provider provider.store adaptation"
                + " usage.journal usage.ledger routing gateway gateway.account rest rest.signin rest.presence"
                + " protocol.openai protocol.openai.upstream protocol.ollama protocol.ollama.question"
                + " protocol.ollama.answer protocol.ollama.upstream protocol.ollama.control protocol.ollama.wire"
                + " protocol.ollama.admin protocol.demo admin admin.model admin.download admin.upstream admin.v1"
                + " admin.organisation admin.audit admin.backup admin.document admin.price admin.usage cli",
    })
    void a_library_is_used_where_the_plan_says(String library, String rooms) {
        String[] allowed = Arrays.stream(rooms.split(" ", -1)).map(ROOT::concat).toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void routing_sees_json_only_where_targets_are_made() {
        noClasses()
                .that()
                .resideInAPackage("dev.drawbridge.routing")
                .and()
                .haveSimpleNameNotContaining("TargetFactory")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(CLASSES);
    }

    /** The WAR runs on servers of others too. */
    @ParameterizedTest
    @ValueSource(strings = {"fish.payara..", "com.hazelcast..", "org.glassfish..", "com.sun..", "sun.."})
    void no_class_depends_on_one_server(String server) {
        noClasses().should().dependOnClassesThat().resideInAPackage(server).check(CLASSES);
    }

    @Test
    void logs_go_to_the_system_logger() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void nothing_hides_in_a_thread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(CLASSES);
    }

    @Test
    void names_are_the_fields_and_not_the_frameworks() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Service|DTO|Dto)(\\$.*)?")
                .andShould()
                .haveNameNotMatching(".*[.$](Default|Abstract)[A-Z].*")
                .check(CLASSES);
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        assertThat(CLASSES.stream()
                        .filter(one ->
                                one.getSimpleName().equals("package-info") && one.isAnnotatedWith(NullMarked.class))
                        .map(HouseTest::room)
                        .collect(Collectors.toSet()))
                .isEqualTo(PLAN.keySet());
    }

    private static String room(JavaClass one) {
        return one.getPackageName().substring(ROOT.length());
    }
}
