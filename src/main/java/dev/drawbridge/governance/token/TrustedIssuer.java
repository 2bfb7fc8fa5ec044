package dev.drawbridge.governance.token;

import dev.drawbridge.config.IssuerConfig;
import dev.drawbridge.governance.Caller;
import java.time.Instant;

/** An identity provider, its keys, and what its tokens are worth. */
record TrustedIssuer(Signature signature, ClaimRules rules, ClaimMapping mapping) {
    TrustedIssuer(IssuerConfig config, Keys keys) {
        this(new Signature(config.algorithms(), keys), new ClaimRules(config), new ClaimMapping(config));
    }

    /** The caller that the token is of, if it is as good as it says. */
    Caller caller(ReadToken token, Instant now) {
        signature.check(token);
        rules.check(token.claims(), now);
        return mapping.caller(token);
    }
}
