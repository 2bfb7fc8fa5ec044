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
        plan("wire", "inference");
        plan("transport", "inference");
        plan("adaptation", "inference");
        // Two rooms of one: what is read, and how. The only two that know each other.
        plan("config.file", "config");
        plan("config.overlay", "config.file");
        plan("config", "config.file config.overlay");
        plan("catalog", "inference config config.file");
        plan("provider", "inference wire transport adaptation config config.file catalog");
        plan("provider.store", "inference catalog provider");
        plan("routing.health", "inference config catalog provider");
        plan("routing.health.metrics", "routing.health");
        plan("routing.health.probe", "inference config catalog provider routing.health");
        plan("routing", "inference adaptation config config.file catalog provider routing.health");
        plan("governance", "inference config");
        plan("usage", "inference");
        plan("gateway", "inference adaptation config catalog provider routing routing.health governance usage");
        plan("gateway.stop", "config governance usage");
        plan("runtime", "config catalog governance provider routing");
        plan("rest.presence", "inference wire config");
        plan("rest", "inference wire config governance rest.presence");
        // Clients' protocols know the gateway, upstreams' the providers, and none another.
        plan(
                "protocol.openai",
                "inference wire config config.file provider routing gateway governance rest rest.presence");
        plan("protocol.openai.upstream", "inference wire transport catalog provider");
        plan("protocol.ollama.wire", "inference wire governance rest");
        plan("protocol.ollama.control", "inference wire config provider provider.store routing rest");
        plan("protocol.ollama.upstream", "inference wire transport adaptation provider protocol.ollama.control");
        plan(
                "protocol.ollama.admin",
                "inference wire config governance provider provider.store routing rest rest.presence"
                        + " protocol.ollama.control protocol.ollama.wire");
        plan("protocol.ollama.answer", "inference wire");
        plan("protocol.ollama.question", "inference wire catalog provider routing protocol.ollama.answer");
        plan(
                "protocol.ollama",
                "inference wire config provider routing gateway governance rest"
                        + " protocol.ollama.question protocol.ollama.answer protocol.ollama.wire protocol.ollama.admin");
        plan("protocol.demo", "inference provider");
        plan("admin.text", "");
        plan("admin.upstream", "inference config.file provider routing");
        plan(
                "admin.model",
                "inference wire config config.file config.overlay catalog provider provider.store routing"
                        + " admin.text admin.upstream");
        plan("admin.download", "inference wire config provider provider.store routing admin.text");
        plan(
                "admin",
                "inference wire config config.file config.overlay catalog governance provider rest"
                        + " routing.health admin.text admin.upstream admin.model admin.download");
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
        "com.knuddels.., inference",
        "io.github.resilience4j.., routing.health",
        "org.eclipse.microprofile.metrics.., routing.health.metrics",
        "com.networknt.., config.file",
        "org.yaml.., config.file",
        "jakarta.servlet.., rest rest.presence protocol.openai protocol.ollama protocol.ollama.wire protocol.ollama.admin admin",
        "jakarta.ws.rs.., rest protocol.openai protocol.openai.upstream protocol.ollama protocol.ollama.wire"
                + " protocol.ollama.upstream protocol.ollama.control protocol.ollama.admin provider routing.health.probe"
                + " admin admin.download admin.upstream",
        "com.fasterxml.jackson.., inference wire config.file config.overlay config catalog provider provider.store adaptation routing gateway rest rest.presence"
                + " protocol.openai protocol.openai.upstream protocol.ollama protocol.ollama.question"
                + " protocol.ollama.answer protocol.ollama.upstream protocol.ollama.control protocol.ollama.wire"
                + " protocol.ollama.admin protocol.demo admin admin.model admin.download cli",
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
