package dev.drawbridge.credential;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The keys as MicroProfile Config has them; looked up each time, so that sources that change need no restart. */
@Singleton
public class EncryptionKeys {
    private final Config config;

    @Inject
    public EncryptionKeys(Config config) {
        this.config = config;
    }

    /** @throws dev.drawbridge.inference.GatewayException as {@link KeyRing#of} */
    KeyRing current() {
        return KeyRing.of(
                config.getOptionalValue(KeyRing.PROPERTY, String.class).orElse(""));
    }
}
