package dev.drawbridge.fakes;

import dev.drawbridge.webhook.Webhooks;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Webhooks that answer what they are told to, without a network. */
public final class FakeWebhooks implements Webhooks {
    public final List<Address> asked = new CopyOnWriteArrayList<>();
    public final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile Supplier<Reply> answer = () -> new Reply(200, "");

    public void answers(int status, String body) {
        answer = () -> new Reply(status, body);
    }

    public void fails(RuntimeException failure) {
        answer = () -> {
            throw failure;
        };
    }

    @Override
    public Reply ask(Address address, Delivery delivery) {
        asked.add(address);
        bodies.add(delivery.body());
        return answer.get();
    }

    @Override
    public void tell(Address address, Delivery delivery) {
        ask(address, delivery);
    }
}
