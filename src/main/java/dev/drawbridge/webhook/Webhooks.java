package dev.drawbridge.webhook;

import java.time.Duration;

/** Calls of webhooks. Each says the same as often as it is made with the same delivery. */
public interface Webhooks {
    /**
     * @param url where
     * @param secret signs the body
     * @param timeout longest time for an answer
     */
    record Address(String url, String secret, Duration timeout) {}

    /**
     * @param delivery names what is delivered, the same at each try
     * @param body JSON
     */
    record Delivery(String delivery, String body) {}

    /** @param body JSON, or empty; the first 64 KB of it */
    record Reply(int status, String body) {}

    /**
     * Asks once.
     *
     * @return whatever it says, below 500
     * @throws WebhookException when it does not answer, or that it cannot
     */
    Reply ask(Address address, Delivery delivery);

    /**
     * Tells, several times if need be.
     *
     * @throws WebhookException when it has not taken it
     */
    void tell(Address address, Delivery delivery);
}
