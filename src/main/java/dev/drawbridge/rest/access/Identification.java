package dev.drawbridge.rest.access;

import dev.drawbridge.governance.Access;
import dev.drawbridge.governance.Caller;
import dev.drawbridge.governance.Challenge;
import dev.drawbridge.governance.FailedAttempts;
import dev.drawbridge.governance.directory.Directory;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** From what somebody shows to who it is. */
@Singleton
public class Identification {
    private final Access access;
    private final Directory directory;
    private final FailedAttempts failures;

    @Inject
    public Identification(Access access, Directory directory, FailedAttempts failures) {
        this.access = access;
        this.directory = directory;
        this.failures = failures;
    }

    /**
     * Who calls, with the account that the call is for.
     *
     * @param address that the call comes from
     * @param local whether it certainly comes from a program on this machine; asked only where that matters
     * @throws GatewayException {@code UNAUTHENTICATED}, {@code RATE_LIMITED} after too many failures
     */
    Caller caller(Optional<String> credential, String address, BooleanSupplier local) {
        if (credential.isEmpty()) {
            return access.withoutCredential(local).orElseThrow(this::nothing);
        }
        String shown = credential.get();
        try {
            // Others behind the same address must not shut out who has a good key or token.
            return access.withKeyOrToken(shown, address)
                    .map(directory::known)
                    .or(() -> failures.tooMany(address) ? Optional.empty() : access.withAdminKey(shown))
                    .or(() -> access.withoutCredential(local))
                    .orElseThrow(Identification::unknown);
        } catch (GatewayException e) {
            throw isGuess(e) && failures.add(address) ? tooMany() : e;
        }
    }

    /** Nobody guesses tokens: one that is not good is somebody's old one. */
    private static boolean isGuess(GatewayException failure) {
        return failure.kind() == ErrorKind.UNAUTHENTICATED && !Challenge.isOfToken(failure);
    }

    private static GatewayException unknown() {
        return new GatewayException(ErrorKind.UNAUTHENTICATED, "Incorrect API key provided")
                .withCode("invalid_api_key");
    }

    private static GatewayException tooMany() {
        return new GatewayException(ErrorKind.RATE_LIMITED, "Too many unknown credentials came from this address")
                .withRetryAfter(FailedAttempts.PAUSE);
    }

    private GatewayException nothing() {
        return new GatewayException(
                ErrorKind.UNAUTHENTICATED,
                access.isLocked()
                        ? "You didn't provide an API key: send it as Authorization: Bearer KEY"
                        : "This gateway answers only programs on its own machine, and web pages of server.cors-origins,"
                                + " until DRAWBRIDGE_ADMIN_KEY is set");
    }
}
