package dev.drawbridge.rest.access;

import dev.drawbridge.config.LiveConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Where web pages come from that have a browser call us, and which of them may. */
@Singleton
public class Origins {
    private final LiveConfig config;

    @Inject
    public Origins(LiveConfig config) {
        this.config = config;
    }

    /** Whether the configuration lets pages of this origin call. */
    public boolean allow(String origin) {
        return config.current().server().corsOrigins().stream().anyMatch(pattern -> matches(pattern, origin));
    }

    /**
     * Whether a page sends this request that is neither ours nor allowed. A browser sends what it takes for simple
     * without asking first; but it says of which origin the page is, or at least that it is another site.
     */
    boolean areForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        return !allow(origin) && !origin.equals(request.getScheme() + "://" + request.getHeader("Host"));
    }

    private static boolean matches(String pattern, String origin) {
        String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
        return Pattern.matches(regex, origin);
    }
}
