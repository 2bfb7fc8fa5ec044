package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.drawbridge.fakes.Operations;
import dev.drawbridge.fakes.Operations.Operation;
import dev.drawbridge.governance.Permission;
import dev.drawbridge.governance.Requires;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That nobody forgets to say who may call a new operation. */
class PermissionsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.drawbridge");

    @Test
    void every_resource_says_what_its_callers_need() throws ReflectiveOperationException {
        List<String> found = new ArrayList<>();
        for (JavaClass one : CLASSES) {
            if (one.isAnnotatedWith(ApplicationPath.class)) {
                Class<?> application = one.reflect();
                String base =
                        "/" + application.getAnnotation(ApplicationPath.class).value();
                Application made = (Application) application.getConstructor().newInstance();
                made.getClasses().stream()
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .flatMap(type -> Stream.of(type.getMethods()).flatMap(method -> operation(base, type, method)))
                        .map(Operation::toString)
                        .forEach(found::add);
            }
        }

        List<String> servlets = servletPaths();
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(Operations.all().stream()
                        .filter(operation -> !servlets.contains(operation.path()))
                        .map(Operation::toString)
                        .toList());
    }

    @Test
    void every_servlet_is_among_the_operations() {
        assertThat(Operations.all()).extracting(Operation::path).containsAll(servletPaths());
        assertThat(servletPaths()).hasSizeGreaterThan(6);
    }

    private static List<String> servletPaths() {
        return CLASSES.stream()
                .filter(one -> one.isAnnotatedWith(WebServlet.class))
                .flatMap(one ->
                        Arrays.stream(one.getAnnotationOfType(WebServlet.class).urlPatterns()))
                .filter(path -> !path.equals("/refused"))
                .toList();
    }

    private static Stream<Operation> operation(String base, Class<?> type, Method method) {
        String path = base + part(type.getAnnotation(Path.class)) + part(method.getAnnotation(Path.class));
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(annotation -> annotation.isAnnotationPresent(HttpMethod.class))
                .map(annotation -> new Operation(
                        annotation.getAnnotation(HttpMethod.class).value(), path, required(type, method)));
    }

    private static Optional<Permission> required(Class<?> type, Method method) {
        if (type.isAnnotationPresent(PermitAll.class)) {
            return Optional.empty();
        }
        Requires requires = Stream.of(method.getAnnotation(Requires.class), type.getAnnotation(Requires.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " says nothing of who may call it"));
        return Optional.of(requires.value());
    }

    private static String part(Path path) {
        return path == null || path.value().isEmpty() ? "" : "/" + path.value();
    }
}
