package dev.drawbridge.governance.gate;

import dev.drawbridge.governance.Account;
import dev.drawbridge.inference.Operation;
import java.util.Map;

/**
 * A call that is about to be made.
 *
 * @param request the request id that the client sees
 * @param caller the caller's name, as in the log
 * @param account on whose behalf
 * @param model the gateway's own id of what is asked for
 * @param labels of whoever calls
 */
public record Question(
        String request,
        String caller,
        Account account,
        Operation operation,
        String model,
        Map<String, String> labels) {}
