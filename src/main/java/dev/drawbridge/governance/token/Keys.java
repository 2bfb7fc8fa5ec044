package dev.drawbridge.governance.token;

import java.util.List;
import org.jose4j.jwk.PublicJsonWebKey;

/** The keys of an identity provider. */
interface Keys extends AutoCloseable {
    /** Those that are known now; costs nothing. */
    List<PublicJsonWebKey> known();

    /** Those that are known after the provider was asked, unless it was asked just now. */
    List<PublicJsonWebKey> fresh();

    @Override
    void close();

    /** Keys that never change. */
    record Fixed(List<PublicJsonWebKey> known) implements Keys {
        @Override
        public List<PublicJsonWebKey> fresh() {
            return known;
        }

        @Override
        public void close() {
            // Nothing is going on.
        }
    }
}
