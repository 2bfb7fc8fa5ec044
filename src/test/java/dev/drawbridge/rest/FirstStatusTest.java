package dev.drawbridge.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstStatusTest {

    @Test
    void a_response_has_a_status_before_anybody_can_take_it_over() throws Exception {
        List<String> done = new ArrayList<>();
        HttpServletResponse response = served(HttpServletResponse.class, (proxy, method, arguments) -> {
            done.add(method.getName() + " " + arguments[0]);
            return null;
        });
        ServletRequest request = served(ServletRequest.class, (proxy, method, arguments) -> null);
        new FirstStatus().doFilter(request, response, (asked, answered) -> done.add("handed over"));
        assertThat(done).containsExactly("setStatus 200", "handed over");
    }

    @Test
    void all_responses_have() {
        WebFilter filter = FirstStatus.class.getAnnotation(WebFilter.class);
        assertThat(filter.urlPatterns()).containsExactly("/*");
        assertThat(filter.asyncSupported()).isTrue();
    }

    private static <T> T served(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
