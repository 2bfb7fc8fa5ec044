package dev.drawbridge.rest.access;

import dev.drawbridge.config.AddressRange;
import dev.drawbridge.config.LiveConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;

/** Where a call comes from, as far as it can be believed. */
@Singleton
public class ClientAddress {
    private static final String FORWARDED = "X-Forwarded-For";

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
        List<AddressRange> proxies = config.current().server().trustedProxies();
        String header = proxies.isEmpty() ? null : request.getHeader(FORWARDED);
        String nearest = request.getRemoteAddr();
        if (header == null || !in(proxies, nearest)) {
            return nearest;
        }
        List<String> way = Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .filter(hop -> !hop.isEmpty())
                .toList();
        for (String hop : way.reversed()) {
            if (!in(proxies, hop)) {
                return hop;
            }
            nearest = hop;
        }
        return nearest;
    }

    private static boolean in(List<AddressRange> proxies, String address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }
}
