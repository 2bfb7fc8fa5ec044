package dev.drawbridge.it;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * For test classes that ask the shipped WAR: the first of them starts the server, the end of the test run stops it.
 * Each test finds fake upstreams that know no script and remember no call.
 */
final class ShippedWar implements BeforeAllCallback, BeforeEachCallback {
    private static final Namespace RUN = Namespace.create(ShippedWar.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(RUN)
                .getOrComputeIfAbsent(RunningServer.class, type -> RunningServer.start(), RunningServer.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        World.forget();
    }
}
