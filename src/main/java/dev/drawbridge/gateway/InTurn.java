package dev.drawbridge.gateway;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.provider.Target;
import dev.drawbridge.routing.health.Lease.Manner;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One target after the other, on the thread of the call. */
record InTurn<T>(Tries tries, Tries.Ask<T> ask, CallScope scope, boolean insisting) implements Attempts.Pass<T> {

    @Override
    public Optional<Answer<T>> first(List<Target> targets, Attempts failures) {
        Iterator<Target> waiting = targets.iterator();
        while (waiting.hasNext()) {
            Target target = waiting.next();
            if (failures.mayAnswer(target)) {
                try {
                    return Optional.of(tries.ask(target, Leaving.only(scope, target), manner(waiting.hasNext()), ask));
                } catch (GatewayException e) {
                    failures.failed(target, e);
                }
            }
        }
        return Optional.empty();
    }

    private Manner manner(boolean others) {
        return insisting ? Manner.INSISTING : others ? Manner.PASSING : Manner.WAITING;
    }
}
