package dev.drawbridge.fakes;

import dev.drawbridge.inference.CallScope;
import dev.drawbridge.inference.ErrorKind;
import dev.drawbridge.inference.GatewayException;
import dev.drawbridge.inference.ModelReply;
import dev.drawbridge.inference.ModelRequest;
import dev.drawbridge.inference.ModelStream;
import dev.drawbridge.provider.DiscoveredModel;
import dev.drawbridge.provider.ModelProvider;
import dev.drawbridge.provider.Target;
import dev.drawbridge.provider.Upstream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Upstreams without a wire: each, by its name, does what a test says. Speaks the presets' {@code demo}. */
public final class ScriptedProvider implements ModelProvider {
    private final Map<String, Function<ModelRequest, ModelReply>> answers = new ConcurrentHashMap<>();
    private final Map<String, Function<ModelRequest, ModelStream>> streams = new ConcurrentHashMap<>();
    private final Map<String, Supplier<List<DiscoveredModel>>> lists = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();

    public ScriptedProvider answers(String upstream, Function<ModelRequest, ModelReply> answer) {
        answers.put(upstream, answer);
        return this;
    }

    public ScriptedProvider streams(String upstream, Function<ModelRequest, ModelStream> stream) {
        streams.put(upstream, stream);
        return this;
    }

    public ScriptedProvider lists(String upstream, Supplier<List<DiscoveredModel>> list) {
        lists.put(upstream, list);
        return this;
    }

    /** Who was asked, in order, as {@code upstream/model}. */
    public List<String> asked() {
        return asked;
    }

    /** What was asked, in order. */
    public List<ModelRequest> requests() {
        return requests;
    }

    @Override
    public String protocol() {
        return "demo";
    }

    @Override
    public ModelReply answer(Target target, ModelRequest request, CallScope scope) {
        return play(answers, target, request);
    }

    @Override
    public ModelStream stream(Target target, ModelRequest request, CallScope scope) {
        return play(streams, target, request);
    }

    @Override
    public List<DiscoveredModel> models(Upstream upstream) {
        asked.add(upstream.name());
        return lists.getOrDefault(upstream.name(), List::of).get();
    }

    private <T> T play(Map<String, Function<ModelRequest, T>> scripts, Target target, ModelRequest request) {
        asked.add(target.toString());
        requests.add(request);
        Function<ModelRequest, T> script = scripts.get(target.upstream().name());
        if (script == null) {
            throw new GatewayException(ErrorKind.UPSTREAM_ERROR, target.upstream() + " has no script");
        }
        return script.apply(request);
    }
}
