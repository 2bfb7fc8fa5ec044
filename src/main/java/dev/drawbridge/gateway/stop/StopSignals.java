package dev.drawbridge.gateway.stop;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Hears of the signals that stop a process before the Java VM acts on them. When the VM does, it stops everything at the
 * same moment: the log's handlers are closed while the server has only begun, and no application comes first.
 *
 * <p>{@code sun.misc.Signal} is no part of Java's standard, though all VMs have it and JEP 260 keeps it until there is a
 * replacement. Where it is missing, or the VM runs with {@code -Xrs}, nothing is heard.
 */
final class StopSignals implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StopSignals.class.getName());
    private static final List<String> NAMES = List.of("TERM", "INT");

    private final Runnable first;
    private final AtomicBoolean heard = new AtomicBoolean();
    private final Map<Object, Object> before = new ConcurrentHashMap<>();

    /** @param first done at the first signal, before what the VM does; a second signal does not wait for it */
    StopSignals(Runnable first) {
        this.first = first;
    }

    void listen() {
        for (String name : NAMES) {
            try {
                listen(name);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                LOG.log(Level.DEBUG, "SIG" + name + " cannot be heard", e);
            }
        }
    }

    private void listen(String name) throws ReflectiveOperationException {
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object signal =
                Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
        Object ours = Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> method.getName().equals("handle")
                        ? heard(signal, method, arguments)
                        : method.invoke(this, arguments));
        Object theirs = handle(signal, ours);
        if (theirs.equals(handler.getField("SIG_IGN").get(null))) {
            // Whoever started the process wants it so, as a shell does for what runs in its background.
            handle(signal, theirs);
        } else {
            before.put(signal, theirs);
        }
    }

    private @Nullable Object heard(Object signal, Method method, @Nullable Object[] arguments)
            throws IllegalAccessException, InvocationTargetException {
        try {
            if (heard.compareAndSet(false, true)) {
                first.run();
            }
        } finally {
            // Without this the process could not be stopped any more.
            method.invoke(before.get(signal), arguments);
        }
        return null;
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal, handler);
    }

    /** Leaves the signals to whom they belonged: nothing of an application may stay behind in its server. */
    @Override
    public void close() {
        before.forEach((signal, theirs) -> {
            try {
                handle(signal, theirs);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                LOG.log(Level.DEBUG, "A signal cannot be given back", e);
            }
        });
        before.clear();
    }
}
