package dev.drawbridge.provider;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import java.util.List;

/**
 * The door to upstreams that speak one protocol. It speaks the hub's form on our side, whatever it meets on the other.
 * Implementations are CDI beans, stateless, and block: they are called on virtual threads.
 */
public interface ModelProvider {

    /** The word for the protocol in presets: {@code openai}, {@code ollama}, {@code demo}. */
    String protocol();

    /**
     * Asks for a whole answer.
     *
     * @param request already adapted to the target, and with the target's own name of the model
     * @param scope its end ends the upstream call
     * @throws GatewayException saying whether another target may do better
     */
    ModelReply answer(Target target, ModelRequest request, CallScope scope);

    /**
     * Asks for a streamed answer; returns when the upstream has begun to answer without an error. The caller closes it.
     *
     * @throws GatewayException as {@link #answer}
     */
    ModelStream stream(Target target, ModelRequest request, CallScope scope);

    /**
     * The models that the upstream says it has.
     *
     * @throws GatewayException when it does not say
     */
    List<DiscoveredModel> models(Upstream upstream);
}
