package dev.drawbridge.rest;

import dev.drawbridge.governance.Admission;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.rest.access.Doorkeeper;
import dev.drawbridge.rest.presence.ClientWatch;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the operations that ask a model, in whatever dialect: let in or refused at once on the server's thread,
 * answered on one that may wait, ended when the client goes away. A servlet, since JAX-RS takes more time for a call
 * than all the rest of the gateway (docs/adr/0008).
 */
public abstract class ModelServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient @Nullable VirtualThreads threads;

    @Inject
    transient @Nullable Doorkeeper doorkeeper;

    @Inject
    transient @Nullable Admission admission;

    @Inject
    transient @Nullable ClientWatch clients;

    /** Reads the request, asks and answers. */
    protected abstract void answer(Arrival arrival, HttpServletRequest request, HttpServletResponse response)
            throws IOException;

    /** Says in the dialect's words what went wrong; nothing, if the response has begun already. */
    protected abstract void fail(Throwable thrown, HttpServletResponse response);

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) {
        CallScope scope = new CallScope();
        try {
            checkMethod(request, response);
            Admission.Permit permit = Objects.requireNonNull(admission).admit(scope);
            // The place is free when the last byte is out: whoever waits for the end of all calls waits for that too.
            Objects.requireNonNull(threads).takeOver(request, () -> attend(request, response, scope), permit::close);
        } catch (GatewayException e) {
            refuse(e, response);
        }
    }

    /** Not left to the other thread: the server changes this header on its way out. */
    private static void checkMethod(HttpServletRequest request, HttpServletResponse response) {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            throw new GatewayException(
                    ErrorKind.METHOD_NOT_ALLOWED, "This URL does not take this method; see /openapi");
        }
    }

    private void attend(HttpServletRequest request, HttpServletResponse response, CallScope scope) {
        CallScope.Watch watch = Objects.requireNonNull(clients).watch(request, scope);
        try (watch) {
            Arrival arrival =
                    Arrival.of(request, Objects.requireNonNull(doorkeeper).admit(request), scope);
            answer(arrival, request, response);
        } catch (RuntimeException | IOException e) {
            refuse(e, response);
        }
    }

    private void refuse(Throwable thrown, HttpServletResponse response) {
        if (!Objects.requireNonNull(admission).isOpen() && !response.isCommitted()) {
            // Another try goes to another gateway then, if a load balancer knows one.
            response.setHeader("Connection", "close");
        }
        fail(thrown, response);
    }
}
