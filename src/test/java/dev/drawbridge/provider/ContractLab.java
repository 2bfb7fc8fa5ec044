package dev.drawbridge.provider;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.fakes.FakeUpstream;
import dev.drawbridge.fakes.Lab;
import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelRequest.ChatRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.transport.UpstreamClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A provider before a fake of its vendor: what a protocol says of itself, and how the contract uses it. */
public abstract class ContractLab {
    protected static final String PATIENT = "{connect: 5s, first-token: 20s, idle: 20s, total: 20s}";

    protected final FakeUpstream vendor = new FakeUpstream();
    private final UpstreamClient client = new UpstreamClient();

    /** Whether the client wants its answer whole or as a stream. */
    public enum Mode {
        WHOLE,
        STREAM
    }

    /**
     * How the vendor streams.
     *
     * @param extension of the fixtures
     * @param frame what is around one document, {@code %s}
     */
    public record Wire(String extension, String contentType, String frame) {

        /** What ends each document. */
        String end() {
            return frame.substring(frame.indexOf("%s") + 2);
        }
    }

    protected abstract ModelProvider provider(UpstreamClient http);

    /** The folder of the fixtures: the word for the protocol. */
    protected abstract String protocol();

    /** The path that chats are sent to. */
    protected abstract String path();

    /** The configuration's entry of an upstream at this address. */
    protected abstract String upstream(String url, String timeouts);

    protected abstract Wire wire();

    /** The vendor's request with what it says of streaming. */
    protected abstract ObjectNode asking(ObjectNode request, Mode mode);

    /** What the protocol has no way to say, each with the reason. */
    protected abstract Map<Fixture, String> lacks();

    @AfterEach
    void close() {
        vendor.close();
        client.close();
    }

    final ModelProvider provider() {
        return provider(client);
    }

    final Target target(String timeouts) {
        return Lab.target(Lab.upstream(upstream(vendor.url(), timeouts)), "any");
    }

    /** Ends the test visibly where the protocol lacks what it is about. */
    final void needs(Fixture fixture) {
        String reason = lacks().get(fixture);
        if (reason != null) {
            abort(protocol() + " has no " + fixture.file() + ": " + reason);
        }
    }

    /** Answers as the fixture shows, a stream frame by frame. */
    final void serve(Fixture fixture, Mode mode) {
        serve(fixture.file(), mode);
    }

    final void serve(String fixture, Mode mode) {
        if (mode == Mode.WHOLE) {
            vendor.on(path(), 200, whole(fixture));
        } else {
            stream(frames(fixture));
        }
    }

    final void stream(List<String> frames) {
        vendor.on(path(), (call, answer) -> {
            answer.start(200, wire().contentType());
            for (String frame : frames) {
                answer.chunk(frame);
            }
            answer.end();
        });
    }

    final String whole(String fixture) {
        return Fixture.read(protocol() + "/" + fixture + ".json");
    }

    final String streamed(String fixture) {
        return Fixture.read(protocol() + "/" + fixture + "." + wire().extension());
    }

    final List<String> frames(String fixture) {
        return List.of(streamed(fixture).split("(?<=" + wire().end() + ")", 0));
    }

    /** The client's request that shows an ability: a fixture of its own, or just a word. */
    static ChatRequest request(Fixture fixture) {
        return Fixture.find("hub/" + fixture.file() + ".json")
                .map(text -> new ChatRequest((ObjectNode) Fixture.parse(text)))
                .orElseGet(() -> Lab.chat("{'model':'any','messages':[{'role':'user','content':'Hello'}]}"));
    }

    final Outcome ask(Mode mode, ChatRequest request) {
        return ask(mode, request, target(PATIENT));
    }

    final Outcome ask(Mode mode, ChatRequest request, Target target) {
        if (mode == Mode.WHOLE) {
            ObjectNode reply =
                    provider().answer(target, request, new CallScope()).json();
            return Outcome.of(HubInvariants.holdWhole(Lab.written(reply)));
        }
        try (ModelStream stream = provider().stream(target, request, new CallScope())) {
            return Outcome.of(HubInvariants.hold(Lab.rest(stream)));
        }
    }

    final GatewayException failure(Mode mode, Target target) {
        return catchThrowableOfType(GatewayException.class, () -> ask(mode, request(Ability.NO_USAGE), target));
    }

    /** What the vendor was asked last. */
    final JsonNode asked() {
        return Fixture.parse(vendor.lastCall().body());
    }
}
