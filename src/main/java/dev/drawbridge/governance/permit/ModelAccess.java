package dev.drawbridge.governance.permit;

import dev.drawbridge.governance.rule.Chain;
import java.util.List;
import java.util.Locale;

/** Which models an account may use, and which a budget is for. */
public final class ModelAccess {
    private ModelAccess() {}

    /**
     * Whether each level that names models names this one.
     *
     * @param id the gateway's own
     * @param asked what the client calls it: an alias, or the id
     */
    public static boolean allows(Chain chain, String id, String asked) {
        for (List<String> globs : chain.models()) {
            if (!Globs.any(globs, id) && !Globs.any(globs, asked)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a budget of these globs is for this model; of none, it is for all. An address, {@code upstream/model}, is
     * no way around it, nor is another spelling: what is after a slash counts as a name, too, in upper and lower case.
     */
    public static boolean covers(List<String> globs, String id, String asked) {
        return globs.isEmpty() || isNamed(globs, id) || (!asked.equals(id) && isNamed(globs, asked));
    }

    private static boolean isNamed(List<String> globs, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int from = 0;
        do {
            String rest = lower.substring(from);
            for (String glob : globs) {
                if (Globs.matches(glob.toLowerCase(Locale.ROOT), rest)) {
                    return true;
                }
            }
            from = lower.indexOf('/', from) + 1;
        } while (from > 0);
        return false;
    }
}
