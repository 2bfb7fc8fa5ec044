package dev.drawbridge.governance.permit;

import dev.drawbridge.governance.rule.Chain;
import java.util.List;

/** Which models an account may use. */
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

    /** Whether one of the patterns is that of the name: {@code *} stands for any run of characters, {@code ?} for one. */
    public static boolean matches(List<String> globs, String name) {
        return Globs.any(globs, name);
    }
}
