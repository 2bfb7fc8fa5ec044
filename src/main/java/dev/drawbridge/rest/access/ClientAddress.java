package dev.drawbridge.rest.access;

import dev.drawbridge.config.AddressRange;
import dev.drawbridge.config.LiveConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a call comes from, as far as it can be believed. */
@Singleton
public class ClientAddress {
    private static final String FORWARDED = "X-Forwarded-For";

    /** Some proxies add the port, which is another one with each connection. */
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]+|\\[([0-9A-Fa-f:.]+)](?::[0-9]+)?");

    private final LiveConfig config;

    @Inject
    public ClientAddress(LiveConfig config) {
        this.config = config;
    }

    /**
     * The last address on the way here that is no proxy of ours. What stands before it in {@code X-Forwarded-For} may be
     * made up; who is no proxy of ours may make up all of it.
     */
    String of(HttpServletRequest request) {
        String nearest = request.getRemoteAddr();
        // Of all others it would be read for nothing, with each call.
        return isProxy(nearest) ? of(nearest, Collections.list(request.getHeaders(FORWARDED))) : nearest;
    }

    /**
     * The same.
     *
     * @param nearest who has the other end of the connection
     * @param lines of {@code X-Forwarded-For}, all of them: some proxies add a line of their own to those of the client
     */
    String of(String nearest, List<String> lines) {
        List<String> way = Stream.concat(hops(lines), Stream.of(nearest)).toList();
        int last = way.size() - 1;
        while (last > 0 && isProxy(way.get(last))) {
            last--;
        }
        return way.get(last);
    }

    private static Stream<String> hops(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(hop -> !hop.isEmpty())
                .map(ClientAddress::bare);
    }

    private static String bare(String hop) {
        Matcher parts = WITH_PORT.matcher(hop);
        return parts.matches() ? Objects.requireNonNullElse(parts.group(1), parts.group(2)) : hop;
    }

    private boolean isProxy(String address) {
        List<AddressRange> proxies = config.current().server().trustedProxies();
        return !proxies.isEmpty() && proxies.stream().anyMatch(range -> range.contains(address));
    }
}
