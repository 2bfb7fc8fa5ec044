package dev.drawbridge.governance.key;

import dev.drawbridge.config.AddressRange;
import dev.drawbridge.governance.organisation.ApiKey;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import java.time.Duration;
import java.time.Instant;

/** What is wrong with a wanted key, apart from whom it names. */
final class KeyChecks {
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

    private KeyChecks() {}

    /** @param now that it must not have expired at */
    static void check(ApiKey wanted, Instant now) {
        if (wanted.name().isBlank() || wanted.name().length() > LONGEST_NAME) {
            throw wrong("name", "needs 1 to " + LONGEST_NAME + " characters");
        }
        if (wanted.name().chars().anyMatch(Character::isISOControl)) {
            throw wrong("name", "has control characters");
        }
        if (wanted.expires().filter(end -> !end.isAfter(now)).isPresent()) {
            throw wrong("expires", "is in the past");
        }
        for (int i = 0; i < wanted.addresses().size(); i++) {
            check(wanted.addresses().get(i), "addresses[" + i + "]");
        }
    }

    private static void check(String address, String field) {
        if (!new AddressRange(address).isValid()) {
            throw wrong(field, "is no range of addresses such as 10.0.0.0/8 or 2001:db8::/32");
        }
    }

    static void check(Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw wrong("overlap", "must be between PT0S and " + LONGEST_OVERLAP);
        }
    }

    static GatewayException wrong(String field, String why) {
        return new GatewayException(ErrorKind.INVALID_REQUEST, field + " " + why).at(field);
    }
}
