package dev.drawbridge.admin.organisation;

import dev.drawbridge.governance.Role;
import dev.drawbridge.governance.rule.BudgetTerms;
import dev.drawbridge.governance.rule.Defaults;
import dev.drawbridge.governance.rule.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An {@link dev.drawbridge.governance.organisation.ApiKey} as it is answered; what only the gateway says is read-only. */
record KeyForm(
        @Schema(required = true) String name,

        @Schema(description = "Made with the key where it is not there yet; so is the project.")
        String team,

        String project,
        @Schema(description = "Id of whom the key is for.") String user,

        @Schema(description = "`user` where it is not said.")
        Optional<Role> role,

        Optional<Instant> expires,

        @Schema(description = "From which it may be used, as ranges such as `10.0.0.0/8`.")
        List<String> addresses,

        boolean blocked,

        @Schema(description = "Globs of the models that may be asked; none: all.")
        List<String> models,

        Map<Dimension, Long> limits,
        Optional<BudgetTerms> budget,
        Optional<Defaults> defaults,
        Map<String, String> labels,

        @Schema(readOnly = true, description = "In the answer to the creation or rotation, and never again.")
        Optional<String> key,

        @Schema(readOnly = true, description = "The key's first characters.")
        String prefix,

        @Schema(readOnly = true, description = "Keys from before a rotation that are still good.")
        List<Former> former) {

    record Former(String prefix, Instant until) {}
}
